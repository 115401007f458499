"""The settings: the environment is read here (and, for the language alone, in the phrasebook)."""

from datetime import time
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from directives.deadlines.policy import DeadlinePolicy
from tracker.domain.extensions import ExtensionRules, GrantedBy
from tracker.domain.sending_hours import SendingHours
from tracker.errors import InvalidSetting
from tracker.phrasebook import language

PREFIX = "DONDOC_"


class Settings(BaseSettings):
    """What an operator may decide, by `DONDOC_…` variables; the defaults work on one machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    data_dir: Path = Path("var")
    database_url: str = ""  # empty: sqlite under data_dir
    timezone: str = "Asia/Ho_Chi_Minh"
    lang: Literal["vi", "en"] = Field(default_factory=lambda: "en" if language() == "en" else "vi")

    smtp_host: str = "localhost"
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = "dondoc@localhost"
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    smtp_ca_file: Path | None = None  # the authorities to trust, where the server's is none of the system's
    reply_to: str = ""
    message_id_domain: str = "dondoc.localhost"

    zalo_bot_token: SecretStr = SecretStr("")
    zalo_api_base: str = "https://bot-api.zaloplatforms.com"
    zalo_webhook_secret: SecretStr = SecretStr("")  # what the bot's webhook is called with
    zalo_oa_app_id: str = ""
    zalo_oa_app_secret: SecretStr = SecretStr("")
    zalo_oa_webhook_key: SecretStr = SecretStr("")  # the account's «OA Secret Key»
    zalo_oa_refresh_token: SecretStr = SecretStr("")  # the first one; the newest is in the database
    zalo_oauth_base: str = "https://oauth.zaloapp.com"
    zalo_oa_base: str = "https://openapi.zalo.me"
    zns_base: str = "https://business.openapi.zalo.me"
    zns_template_id: str = ""

    mail_domains: str = ""  # «gov.vn, quochoi.vn»: letters go there and to the exceptions; empty: to all
    send_hours: Literal["working", "always"] = "working"  # always: at night and on days off too
    send_from: time = time(7, 0)  # the sending hours of a working day; urgent letters go at once
    send_until: time = Field(default=time(18, 0), validate_default=True)
    brake_letters: int = Field(default=500, ge=1)  # a run that writes more waits for a person
    mailbox: str = ""  # a maildir, or an imaps:// URL, where what came back is found
    mailbox_password: SecretStr = SecretStr("")
    heartbeat_file: Path | None = None
    heartbeat_url: str = ""  # fetched after each day that was found in order
    link_days: int = Field(default=7, ge=1, le=60)  # how long a link in a letter lets its reader act
    link_keys: SecretStr = SecretStr("")  # the newest first; empty: made and kept in the data folder

    province: str = ""  # «Hà Tĩnh»: then «Sở Y tế tỉnh Nghệ An» is nobody of ours

    public_url: str = "http://127.0.0.1:8710"
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8710, ge=0, le=65535)
    prefect_port: int = Field(default=4210, ge=0, le=65535)

    before_is_exclusive: bool = True  # «trước ngày X»: X itself is late
    roll_computed: bool = True  # «trong thời hạn N ngày»: a last day off moves to the next working day
    due_soon_days: int = Field(default=3, ge=0, le=30)  # working days
    recurring_ahead_days: int = Field(
        default=45, ge=1, le=400
    )  # how far ahead a recurring duty gets its dates
    extension_ask_days: int = Field(default=2, ge=0, le=30)  # working days before the deadline
    extension_most: int = Field(default=1, ge=0, le=20)  # beyond it only a leader grants more time
    extension_granted_by: GrantedBy = GrantedBy.LEADER  # or «office»: the secretariat records it too
    office_answer_days: int = Field(default=2, ge=0, le=30)  # working days the office allows itself
    explanation_days: int = Field(default=3, ge=1, le=30)  # working days an agency has to explain a delay
    evidence_max_mb: int = Field(default=25, ge=1, le=50)  # for each file handed in with a report

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        """Refuse a zone the tz database does not know."""
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: «Asia» is a folder of zones
            raise ValueError(name) from error
        return name

    @field_validator("lang", mode="before")
    @classmethod
    def _known_language(cls, asked: object) -> str:
        """Fall back to Vietnamese, as the phrasebook does."""
        return "en" if str(asked).strip().lower().startswith("en") else "vi"

    @field_validator("send_until")
    @classmethod
    def _hours_in_order(cls, until: time, given: ValidationInfo) -> time:
        """Refuse sending hours that never come."""
        begin = given.data.get("send_from")
        if begin is not None and begin >= until:
            raise ValueError(f"{until:%H:%M}")
        return until

    @classmethod
    def load(cls) -> Self:
        """Read the environment, or say in one sentence which variable is wrong."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
            raise InvalidSetting("setting.invalid", name=name, value=first.get("input")) from error

    @property
    def official_domains(self) -> tuple[str, ...]:
        """Return the domains that letters may go to, in lower case; none: any."""
        named = (name.strip().lower().lstrip("@.") for name in self.mail_domains.split(","))
        return tuple(name for name in named if name)

    @property
    def sending_hours(self) -> SendingHours:
        """Return when letters may leave."""
        return SendingHours(self.send_from, self.send_until, self.zone, self.send_hours == "always")

    @property
    def zone(self) -> ZoneInfo:
        """Return the office's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def policy(self) -> DeadlinePolicy:
        """Return how stated dates become last on-time days in this office."""
        return DeadlinePolicy(before_is_exclusive=self.before_is_exclusive, roll_computed=self.roll_computed)

    @property
    def extension_rules(self) -> ExtensionRules:
        """Return when this office grants more time, and who does."""
        return ExtensionRules(
            ask_days=self.extension_ask_days,
            most=self.extension_most,
            granted_by=self.extension_granted_by,
        )

    @property
    def database(self) -> str:
        """Return the database's URL: the one given, or SQLite under the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'dondoc.db'}"

    @property
    def files_dir(self) -> Path:
        """Return where documents are kept by their content hash, outside any web root."""
        return self.data_dir / "files"

    @property
    def ocr_cache_dir(self) -> Path:
        """Return where words read from scans are kept, so that no page is recognised twice."""
        return self.data_dir / "ocr-cache"
