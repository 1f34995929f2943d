//! What people may see and change of their own account.

use super::Accounts;
use crate::{
    Cx,
    error::{Error, FieldError, Result},
    store,
};
use domain::account::{Colours, ProfileChange, Theme, User, clean_currency, clean_name, clean_time_zone};
use serde_json::json;

impl Accounts<'_> {
    /// The caller.
    pub async fn user(&self, cx: &Cx) -> Result<User> {
        let row = store::users::by_id(self.0.db(), cx.user).await?;
        self.person(row.ok_or(Error::NotFound("the account"))?)
    }

    /// Changes what is given; nothing when any of it is wrong.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field that can not be accepted.
    pub async fn update_profile(&self, cx: &Cx, change: ProfileChange) -> Result<User> {
        let change = cleaned(change)?;
        let mut tx = self.0.db().begin_for(cx).await?;
        store::users::update_profile(&mut tx, cx.user, &change).await?;
        let (now, subject) = (self.0.clock().now(), cx.user.0.to_string());
        let detail = json!({ "fields": names(&change) });
        store::audit::insert(&mut tx, cx, now, "profile.change", &subject, detail).await?;
        tx.commit().await?;
        self.user(cx).await
    }
}

/// Cleans one value, or says what would be right.
type Check = fn(&str) -> std::result::Result<String, &'static str>;

fn cleaned(change: ProfileChange) -> Result<ProfileChange> {
    let mut errors = Vec::new();
    let mut clean = |field: &str, value: Option<String>, check: Check| {
        value.and_then(|text| {
            check(&text)
                .map_err(|reason| errors.push(FieldError { field: field.into(), reason: reason.into() }))
                .ok()
        })
    };
    let change = ProfileChange {
        full_name: clean("fullName", change.full_name, clean_name),
        time_zone: clean("timeZone", change.time_zone, clean_time_zone),
        base_currency: clean("baseCurrency", change.base_currency, clean_currency),
        theme: clean("theme", change.theme, |word| {
            Theme::parse(word).map(|theme| theme.as_str().into()).ok_or("choose dark, light or system")
        }),
        colours: clean("colours", change.colours, |word| {
            Colours::parse(word).map(|pair| pair.as_str().into()).ok_or("choose default or safe")
        }),
    };
    if errors.is_empty() { Ok(change) } else { Err(Error::Invalid(errors)) }
}

/// Names of the fields that change; the values are nobody else's business.
fn names(change: &ProfileChange) -> Vec<&'static str> {
    [
        ("fullName", change.full_name.is_some()),
        ("timeZone", change.time_zone.is_some()),
        ("baseCurrency", change.base_currency.is_some()),
        ("theme", change.theme.is_some()),
        ("colours", change.colours.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, given)| given.then_some(name))
    .collect()
}
