-- A row of each kind as the first version of the program (revision 0001) wrote them; moments are UTC.
INSERT INTO agencies ("id", "code", "name", "kind", "outside", "is_group")
  VALUES (1, 'ubnd', 'UBND tỉnh', 'office', FALSE, FALSE);
INSERT INTO agencies ("id", "code", "name", "kind", "parent_id", "outside", "is_group", "valid_from")
  VALUES (2, 'sct', 'Sở Công Thương', 'department', 1, FALSE, FALSE, '2000-01-01');
INSERT INTO agencies ("id", "code", "name", "kind", "outside", "is_group")
  VALUES (3, 'nhom', 'Các sở', 'group', FALSE, TRUE);
INSERT INTO agency_aliases ("id", "agency_id", "alias")
  VALUES (1, 2, 'SCT');
INSERT INTO agency_members ("group_id", "agency_id")
  VALUES (3, 2);
INSERT INTO contacts ("id", "code", "name", "agency_id", "role", "email", "active")
  VALUES (1, 'c1', 'Chị Hoa', 2, 'officer', 'hoa@sct.example', TRUE);
INSERT INTO directives ("id", "sha256", "identity", "number", "issued_on", "issuer", "genre", "text", "file_name", "format", "stored_as", "doubts", "taken_in_at", "taken_in_by", "approved_at", "approved_by", "version")
  VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', '120/TB-UBND', '2020-04-03', 'UBND tỉnh', 'notice', 'Sở Công Thương …', '120.txt', 'txt', 'aa/a.txt', '[]', '2020-04-03 07:00:00.000000', 'chị Hoa', '2020-04-03 07:00:00.000000', 'anh Nam', 2);
INSERT INTO citations ("id", "directive_id", "number", "issued_on", "relation", "span_start", "span_end")
  VALUES (1, 1, '606/UBND-KT1', '2020-02-07', 'implements', 0, 3);
INSERT INTO tasks ("id", "code", "directive_id", "ordinal", "action", "text", "span_start", "span_end", "coordinators", "exclusive", "due_on", "deadline_kind", "explain", "rule", "confidence", "doubts")
  VALUES (1, 'NV-2020-0001', 1, 1, 'làm', 'làm', 0, 3, '[]', FALSE, '2020-04-08', 'fixed', 'cách tính 1', '', 0.9, '[]');
INSERT INTO tasks ("id", "code", "directive_id", "ordinal", "action", "text", "span_start", "span_end", "coordinators", "exclusive", "due_on", "deadline_kind", "explain", "rule", "confidence", "doubts")
  VALUES (2, 'NV-2020-0002', 1, 2, 'làm', 'làm', 0, 3, '[]', FALSE, NULL, NULL, 'cách tính 2', '', 0.9, '[]');
INSERT INTO tasks ("id", "code", "directive_id", "ordinal", "action", "text", "span_start", "span_end", "coordinators", "exclusive", "due_on", "deadline_kind", "explain", "rule", "confidence", "doubts")
  VALUES (3, 'NV-2020-0003', 1, 3, 'làm', 'làm', 0, 3, '[]', FALSE, '2020-06-30', 'fixed', 'cách tính 3', '', 0.9, '[]');
INSERT INTO assignments ("id", "task_id", "agency_id", "lead_text", "lead_name", "span_start", "span_end", "status", "due_on", "deadline_version", "assigned_on", "filed_on", "doubts", "version")
  VALUES (1, 1, 2, 'Sở CT', 'Sở Công Thương', 0, 3, 'assigned', '2020-04-08', 1, '2020-04-03', NULL, '[]', 1);
INSERT INTO assignments ("id", "task_id", "agency_id", "lead_text", "lead_name", "span_start", "span_end", "status", "due_on", "deadline_version", "assigned_on", "filed_on", "doubts", "version")
  VALUES (2, 2, 2, 'Sở CT', 'Sở Công Thương', 0, 3, 'under_way', NULL, 1, '2020-04-03', NULL, '[]', 1);
INSERT INTO assignments ("id", "task_id", "agency_id", "lead_text", "lead_name", "span_start", "span_end", "status", "due_on", "deadline_version", "assigned_on", "filed_on", "doubts", "version")
  VALUES (3, 3, 2, 'Sở CT', 'Sở Công Thương', 0, 3, 'confirmed', '2020-06-30', 1, '2020-04-03', '2020-06-01', '[]', 1);
INSERT INTO outbox ("id", "key", "kind", "business_date", "contact_id", "channel", "address", "message_id", "subject", "text", "thread_key", "state", "attempts", "created_at", "next_try_at")
  VALUES (1, 'digest:1', 'deadline_reminder', '2020-04-03', 1, 'email', 'hoa@sct.example', '<1@x>', 'Nhắc', '…', '', 'queued', 0, '2020-04-03 07:00:00.000000', '2020-04-03 07:00:00.000000');
INSERT INTO letter_items ("id", "outbox_id", "assignment_id", "deadline_version", "ladder_version", "step", "contact_id", "channel", "role", "kind")
  VALUES (1, 1, 1, 1, 1, 'before-3', 1, 'email', 'officer', 'deadline_reminder');
INSERT INTO attempts ("id", "outbox_id", "ordinal", "worker", "started_at")
  VALUES (1, 1, 1, 'w', '2020-04-03 07:00:00.000000');
INSERT INTO events ("id", "at", "actor", "channel", "action", "entity", "entity_id", "after")
  VALUES (1, '2020-04-03 07:00:00.000000', 'chị Hoa', 'cli', 'taken-in', 'directive', 1, '{"number": "120/TB-UBND", "tasks": 3}');
INSERT INTO events ("id", "at", "actor", "channel", "action", "entity", "entity_id", "before", "after")
  VALUES (2, '2020-04-03 07:00:00.000000', 'anh Nam', 'cli', 'approve', 'assignment', 1, '{"status": "draft"}', '{"status": "assigned"}');
INSERT INTO events ("id", "at", "actor", "channel", "action", "entity", "entity_id")
  VALUES (3, '2020-04-03 07:00:00.000000', 'anh Nam', 'cli', 'approve', 'directive', 1);
INSERT INTO runs ("business_date", "started_at", "finished_at", "report")
  VALUES ('2020-04-03', '2020-04-03 07:00:00.000000', '2020-04-03 07:00:00.000000', '{"queued": 1}');
INSERT INTO serials ("series", "last")
  VALUES ('NV-2020', 3);
