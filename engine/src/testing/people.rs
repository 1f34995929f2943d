//! Builders of people.

use crate::{
    Cx, Engine,
    accounts::{Caller, Operator},
    store::{self},
};
use domain::{Role, account::Registration};

/// The password of everybody in tests.
pub const PASSWORD: &str = "correct horse battery staple";

/// The e-mail of the account that operates every test engine.
pub const OPERATOR: &str = "operator@example.org";

/// A caller from a documentation address.
pub fn caller() -> Caller {
    Caller { address: "192.0.2.1".into(), user_agent: "test browser".into(), request: "test-request".into() }
}

/// What a person with this e-mail sends to register.
pub fn registration(email: &str) -> Registration {
    Registration { email: email.into(), password: PASSWORD.into(), full_name: "Test Person".into() }
}

/// Registers somebody; the owner of a tenant of their own.
pub async fn member(engine: &Engine, email: &str) -> Cx {
    engine.accounts().register(registration(email), &caller()).await.expect("registers").cx
}

/// Registers the account that operates the engine.
pub async fn operator(engine: &Engine) -> Operator {
    let cx = member(engine, OPERATOR).await;
    engine.accounts().operator(&cx).await.expect("operates")
}

/// Registers somebody and makes them a member of the tenant of `of` with a role; what they are there.
pub async fn colleague(engine: &Engine, of: &Cx, email: &str, role: Role) -> Cx {
    let own = member(engine, email).await;
    let mut tx = engine.db().begin().await.expect("begins");
    let at = engine.clock().now();
    store::tenants::add_member(&mut tx, of.tenant, own.user, role, at).await.expect("adds the member");
    tx.commit().await.expect("commits");
    Cx { tenant: of.tenant, role, ..own }
}
