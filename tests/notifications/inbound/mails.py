"""Mails as servers and programs write them; each is made up."""

ID = "<0123456789abcdef0123456789abcdef@tinh.example.vn>"
GIVEN_BACK = f"""Content-Type: message/rfc822

From: dondoc@tinh.example.vn
To: bd@sct.example.vn
Subject: =?utf-8?b?Tmjhuq9jIHZp4buHYw==?=
Message-ID: {ID}

Kinh gui
"""


def report(status: str, action: str = "failed", said: str = "", *, original: str = GIVEN_BACK) -> bytes:
    """Return a report of RFC 3464 about bd@sct.example.vn."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mail.sct.example.vn (Mail Delivery System)
To: dondoc@tinh.example.vn
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

This is a MIME-encapsulated message.

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.sct.example.vn.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.sct.example.vn
Arrival-Date: Mon, 6 Apr 2020 08:30:00 +0700 (+07)

Final-Recipient: rfc822; BD@sct.example.vn
Original-Recipient: rfc822;bd@sct.example.vn
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said or "550 " + status + " no such user here"}

--b1
{original}
--b1--
""".replace("\n", "\r\n").encode()


POSTFIX = f"""Return-Path: <>
From: MAILER-DAEMON@mail.sct.example.vn
To: dondoc@tinh.example.vn
Subject: Undelivered Mail Returned to Sender

This is the mail system at host mail.sct.example.vn.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<bd@sct.example.vn>: host mx.sct.example.vn[10.0.0.2] said: 550 5.1.1
    <bd@sct.example.vn>: Recipient address rejected: User unknown
    (in reply to RCPT TO command)

Message-ID: {ID}
""".encode()

EXIM = f"""Return-path: <>
From: Mail Delivery System <Mailer-Daemon@mail.example.vn>
X-Failed-Recipients: bd@sct.example.vn
Auto-Submitted: auto-replied
To: dondoc@tinh.example.vn
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  bd@sct.example.vn
    mailbox is full: retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

From: dondoc@tinh.example.vn
Message-ID: {ID}
""".encode()

EXCHANGE = f"""From: postmaster@sct.example.vn
To: dondoc@tinh.example.vn
Subject: Undeliverable: =?utf-8?q?Nh=E1=BA=AFc_vi=E1=BB=87c?=
Content-Type: text/plain; charset=utf-8

Delivery has failed to these recipients or groups:

bd@sct.example.vn<mailto:bd@sct.example.vn>
The email address you entered couldn't be found.

Diagnostic information for administrators:
#550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found ##

Original message headers:
Message-ID: {ID}
""".encode()

QMAIL = f"""Return-Path: <>
From: MAILER-DAEMON@old.example.vn
Subject: failure notice

Hi. This is the qmail-send program at old.example.vn.
I'm afraid I wasn't able to deliver your message to the following addresses.

<bd@sct.example.vn>:
Sorry, no mailbox here by that name. 550 (#5.1.1)

--- Below this line is a copy of the message.

Message-ID: {ID}
""".encode()


def answer(*head: str, subject: str = "Re: Nhac viec", body: str = "Toi vang mat.") -> bytes:
    """Return a mail from the reader with further lines in its head."""
    lines = ("From: Binh <BD@sct.example.vn>", "To: dondoc@tinh.example.vn", f"Subject: {subject}", *head)
    return "\r\n".join((*lines, f"In-Reply-To: {ID}", "", body, "")).encode()
