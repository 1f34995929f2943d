//! How mail is sent.

use super::{Setting, Values};
use engine::mail::{Mailer, check_address};
use std::fmt;

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "SMTP_URL",
        default: "no mail is sent",
        secret: true,
        explain: "The mail server, as smtp://user:password@host:587, with user and password percent-encoded. smtp:// \
                  uses STARTTLS where the server offers it (?tls=required insists, as starttls:// does; ?tls=none \
                  does without), smtps:// is encrypted from the start.",
    },
    Setting {
        name: "MAIL_FROM",
        default: "Candlewick <candlewick@localhost>",
        secret: false,
        explain: "The sender of every mail.",
    },
];

const FROM: &str = "Candlewick <candlewick@localhost>";

/// The section.
#[derive(Clone)]
pub struct Mail {
    /// Sends mail; `None` when no server is named.
    pub mailer: Option<Mailer>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("mailer", &self.mailer.is_some()).finish()
    }
}

impl Mail {
    pub(super) fn read(values: &mut Values) -> Mail {
        let from = values.parse("MAIL_FROM", |text| check_address(text).map(|()| text.to_string()));
        let from = from.as_deref().unwrap_or(FROM);
        Mail { mailer: values.parse("SMTP_URL", |url| Mailer::smtp(url, from)) }
    }
}
