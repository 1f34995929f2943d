//! Who operates the whole installation: the one account that its settings name.
//!
//! An operator sees jobs, providers and the quality of data, which belong to no tenant; what belongs to tenants
//! stays theirs. Calls that only operators may make take an [`Operator`], which only [`Accounts::operator`] makes.

use super::Accounts;
use crate::{
    Cx,
    error::{Error, Result},
    store::{self, users::Row},
};
use domain::account::User;
use std::ops::Deref;

/// Which account operates the installation.
#[derive(Debug, Clone, Default)]
pub struct OperatorRule {
    /// Its e-mail, lower-cased; without one nobody is an operator.
    pub email: Option<String>,
    /// Whether its e-mail has to be verified first: wherever mail can be sent, since elsewhere nobody could.
    pub verified: bool,
}

/// A caller who operates the installation; usable as the [`Cx`] it was made from.
#[derive(Debug, Clone)]
pub struct Operator(Cx);

impl Deref for Operator {
    type Target = Cx;

    fn deref(&self) -> &Cx {
        &self.0
    }
}

impl Accounts<'_> {
    /// The caller as an operator.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for everybody else.
    pub async fn operator(&self, cx: &Cx) -> Result<Operator> {
        let row = store::users::by_id(self.0.db(), cx.user).await?;
        match row.is_some_and(|row| self.operates(&row)) {
            true => Ok(Operator(cx.clone())),
            false => Err(Error::Forbidden("operate this installation")),
        }
    }

    /// A stored user as that person may see it.
    pub(super) fn person(&self, row: Row) -> Result<User> {
        let operator = self.operates(&row);
        row.user(operator)
    }

    fn operates(&self, row: &Row) -> bool {
        let rule = self.0.operators();
        rule.email.as_deref() == Some(row.email.as_str())
            && (row.email_verified_at.is_some() || !rule.verified)
    }
}
