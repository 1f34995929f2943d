//! Who is who.

use super::{Setting, Values};
use engine::accounts::OperatorRule;

pub(super) const SETTINGS: &[Setting] = &[Setting {
    name: "ADMIN_EMAIL",
    default: "nobody",
    secret: false,
    explain: "E-mail address of the account that may operate this installation.",
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

    /// Who operates the installation. Its address need not be verified: no mail of this version verifies one.
    pub fn operators(&self) -> OperatorRule {
        OperatorRule { email: self.admin_email.clone(), verified: false }
    }
}
