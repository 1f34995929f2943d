//! Who is who.

use super::{Mail, Setting, Values};
use engine::accounts::OperatorRule;

pub(super) const SETTINGS: &[Setting] = &[Setting {
    name: "ADMIN_EMAIL",
    default: "nobody",
    secret: false,
    explain: "E-mail address of the account that may operate this installation. Where SMTP_URL is set, the address has to \
              be verified first.",
}];

/// The section.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// Lower-cased address of the administrator.
    pub admin_email: Option<String>,
}

impl Accounts {
    pub(super) fn read(values: &mut Values) -> Accounts {
        let admin_email = values.parse("ADMIN_EMAIL", |text| match text.split_once('@') {
            Some((name, host)) if !name.is_empty() && !host.is_empty() => Ok(text.trim().to_lowercase()),
            _ => Err(format!("`{text}` is not an e-mail address")),
        });
        Accounts { admin_email }
    }

    /// Who operates the installation. Its address has to be verified where mail is sent: elsewhere nobody could.
    pub fn operators(&self, mail: &Mail) -> OperatorRule {
        OperatorRule { email: self.admin_email.clone(), verified: mail.mailer.is_some() }
    }
}
