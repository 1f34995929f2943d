//! The account that the settings name, and nobody else, operates the installation.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use axum::{Router, body::Body, routing::get};
use hyper::{Request, StatusCode};
use server::Operating;
use support::{Candlewick, OPERATOR};
use tower::ServiceExt;

#[tokio::test]
async fn a_handler_of_operators_is_reached_by_the_operator_alone() {
    let app = Candlewick::start().await;
    let (eve, operator) = (app.member("eve@example.org").await, app.operator().await);
    let asked = |token: Option<&str>| {
        let handler = get(|Operating(operator): Operating| async move { operator.user.0.to_string() });
        let router = Router::new().route("/", handler).with_state(app.server.state.clone());
        let mut request = Request::get("/");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        async move { router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status() }
    };
    assert_eq!(asked(None).await, StatusCode::UNAUTHORIZED);
    assert_eq!(asked(Some(&eve)).await, StatusCode::FORBIDDEN);
    assert_eq!(asked(Some(&operator)).await, StatusCode::OK);
}

#[tokio::test]
async fn the_profile_says_who_operates() {
    let app = Candlewick::start().await;
    for (email, operates) in [(OPERATOR, true), ("eve@example.org", false)] {
        let token = app.member(email).await;
        let profile = app.get("/api/auth/profile").bearer(&token).send().await.json();
        assert_eq!(profile["operator"], operates, "{email}");
    }
}

#[tokio::test]
async fn without_a_setting_nobody_operates() {
    let app = Candlewick::start_with(&[("ADMIN_EMAIL", "somebody@example.org")]).await;
    let profile = app.get("/api/auth/profile").bearer(&app.operator().await).send().await.json();
    assert_eq!(profile["operator"], false);
}
