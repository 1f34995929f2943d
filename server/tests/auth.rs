//! Accounts as other programs use them.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::Method;
use serde_json::json;
use support::{Candlewick, PASSWORD};

#[tokio::test]
async fn registering_answers_201_with_tokens_that_work() {
    let app = Candlewick::start().await;
    let answer = app.register("ada@example.org").await;
    assert_eq!(answer.status, 201);
    let body = answer.json();
    assert_eq!(body["tokenType"], "Bearer");
    assert_eq!(body["expiresIn"], 900);
    assert_eq!(body["user"]["fullName"], "Ada Lovelace");
    let profile = app.get("/api/auth/profile").bearer(body["accessToken"].as_str().unwrap()).send().await;
    assert_eq!(profile.json()["email"], "ada@example.org");
}

#[tokio::test]
async fn a_taken_address_is_409_and_a_bad_field_is_named() {
    let app = Candlewick::start().await;
    app.member("ada@example.org").await;
    app.register(" ADA@example.org").await.is_problem(409);
    let body = json!({ "email": "nobody", "password": "short" });
    let problem = app.post("/api/auth/register", body).send().await.is_problem(422);
    let fields: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["email", "password", "fullName"]);
}

#[tokio::test]
async fn unknown_address_and_wrong_password_get_the_same_answer() {
    let app = Candlewick::start().await;
    app.member("ada@example.org").await;
    let login = |email: &str, password: &str| {
        app.post("/api/auth/login", json!({ "email": email, "password": password })).send()
    };
    let wrong = login("ada@example.org", "not the password").await.is_problem(401);
    let unknown = login("eve@example.org", "not the password").await.is_problem(401);
    assert_eq!(wrong["detail"], unknown["detail"]);
    assert_eq!(login("ada@example.org", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_refresh_token_works_once_and_its_reuse_ends_the_family() {
    let app = Candlewick::start().await;
    let first = app.register("ada@example.org").await.json();
    let refresh = |token: String| app.post("/api/auth/refresh", json!({ "refreshToken": token })).send();
    let text = |body: &serde_json::Value| body["refreshToken"].as_str().unwrap().to_string();
    let second = refresh(text(&first)).await;
    assert_eq!(second.status, 200);
    refresh(text(&first)).await.is_problem(401);
    refresh(text(&second.json())).await.is_problem(401);
}

#[tokio::test]
async fn logging_out_ends_the_refresh_token() {
    let app = Candlewick::start().await;
    let tokens = app.register("ada@example.org").await.json();
    let body = json!({ "refreshToken": tokens["refreshToken"] });
    assert_eq!(app.post("/api/auth/logout", body.clone()).send().await.status, 204);
    app.post("/api/auth/refresh", body).send().await.is_problem(401);
}

#[tokio::test]
async fn an_api_key_is_shown_once_works_and_can_be_revoked() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let made = app.post("/api/auth/api-keys", json!({ "name": "notebook" })).bearer(&token).send().await;
    assert_eq!(made.status, 201);
    let made = made.json();
    let key = made["key"].as_str().unwrap();
    let with_key = || app.get("/api/auth/profile").header("x-api-key", key).send();
    assert_eq!(with_key().await.status, 200);

    let listed = app.get("/api/auth/api-keys").bearer(&token).send().await;
    assert!(!listed.text().contains(key));
    assert_eq!(listed.json()["items"][0]["name"], "notebook");

    let path = format!("/api/auth/api-keys/{}", made["id"].as_str().unwrap());
    assert_eq!(app.call(Method::DELETE, &path).bearer(&token).send().await.status, 204);
    with_key().await.is_problem(401);
}

#[tokio::test]
async fn a_profile_changes_only_where_asked() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let patch = |body| app.call(Method::PATCH, "/api/auth/profile").bearer(&token).json(body).send();
    let changed = patch(json!({ "theme": "light" })).await.json();
    assert_eq!(changed["theme"], "light");
    assert_eq!(changed["fullName"], "Ada Lovelace");
    let problem = patch(json!({ "timeZone": "Mars/Olympus" })).await.is_problem(422);
    assert_eq!(problem["errors"][0]["field"], "timeZone");
}

#[tokio::test]
async fn a_wrong_token_is_401_even_beside_nothing_else() {
    let app = Candlewick::start().await;
    for (name, value) in [
        ("authorization", "Bearer x.y.z"),
        ("authorization", "Basic abc"),
        ("x-api-key", "guess"),
        ("cookie", "candlewick_session=guess"),
    ] {
        app.get("/api/auth/profile").header(name, value).send().await.is_problem(401);
    }
}

#[tokio::test]
async fn a_browser_session_is_a_way_in() {
    let app = Candlewick::start().await;
    app.member("ada@example.org").await;
    let caller = engine::testing::caller();
    let login = app.server.state.engine.accounts().login("ada@example.org", PASSWORD, &caller).await.unwrap();
    let cookie = format!("theme=dark; candlewick_session={}", login.session_token);
    let profile = app.get("/api/auth/profile").header("cookie", &cookie).send().await;
    assert_eq!(profile.json()["email"], "ada@example.org");
}
