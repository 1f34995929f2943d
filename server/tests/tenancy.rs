//! Walks every route as a stranger: nobody unknown gets in, and nobody sees what belongs to another tenant.
//!
//! A new route that takes an id of a tenant's own has to say here how a stranger is to be tried on it.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use server::router::{self, Access, Route};
use support::Candlewick;

/// What belongs to the first tenant.
struct Owned {
    list: String,
    key: String,
}

impl Owned {
    /// The route with the owner's ids in it; `None` where nobody thought of it yet.
    fn path(&self, route: &Route) -> Option<String> {
        let owned = match route.path {
            path if path.starts_with("/api/portfolio/watchlists/{id}") => &self.list,
            "/api/auth/api-keys/{id}" => &self.key,
            _ => return None,
        };
        Some(route.path.replace("{id}", owned).replace("{symbol}", "AAPL"))
    }
}

/// A body that would be accepted from the owner.
fn body(route: &Route) -> Value {
    match route.path {
        path if path.ends_with("/symbols") => json!({ "symbol": "MSFT" }),
        _ => json!({ "name": "Taken over" }),
    }
}

fn filled(path: &str) -> String {
    let id = "01890000-0000-7000-8000-000000000000";
    path.replace("{symbol}", "AAPL")
        .replace("{id}", id)
        .replace("{keyword}", "x")
        .replace("{*name}", "x")
        .replace("{queue}", "default")
}

#[tokio::test]
async fn nobody_unknown_gets_past_a_route_that_is_not_public() {
    let app = Candlewick::start().await;
    for route in router::list() {
        let answer = app.call(route.method.clone(), &filled(route.path)).json(body(&route)).send().await;
        match route.access {
            Access::Public => {
                assert!(
                    !answer.status.is_server_error(),
                    "{} {}: {}",
                    route.method,
                    route.path,
                    answer.text()
                );
            }
            Access::Known | Access::Tenant | Access::Operator => {
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {}", route.method, route.path);
                answer.is_problem(401);
            }
        }
    }
}

#[tokio::test]
async fn only_what_has_to_be_is_public() {
    let public: Vec<String> = router::list()
        .iter()
        .filter(|route| route.access == Access::Public && route.path.starts_with("/api/"))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(
        public,
        [
            "POST /api/auth/register",
            "POST /api/auth/login",
            "POST /api/auth/refresh",
            "POST /api/auth/logout"
        ]
    );
}

#[tokio::test]
async fn who_does_not_operate_the_installation_gets_past_no_route_of_operators() {
    let app = Candlewick::start().await;
    let (eve, operator) = (app.member("eve@example.org").await, app.operator().await);
    for route in router::list().iter().filter(|route| route.access == Access::Operator) {
        let call = |token: &str| {
            app.call(route.method.clone(), &filled(route.path)).bearer(token).json(body(route)).send()
        };
        call(&eve).await.is_problem(403);
        if route.method == Method::GET {
            let answer = call(&operator).await;
            assert!(answer.status.is_success() || answer.status == 404, "{}: {}", route.path, answer.text());
        }
    }
    for route in router::list().iter().filter(|route| route.path.starts_with("/api/ops/")) {
        assert_eq!(route.access, Access::Operator, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn what_belongs_to_another_tenant_is_not_found_on_any_route() {
    let app = Candlewick::start().await;
    let (ada, eve) = (app.member("ada@example.org").await, app.member("eve@example.org").await);
    let made = |path: &str, name: &str| app.post(path, json!({ "name": name })).bearer(&ada).send();
    let list = made("/api/portfolio/watchlists", "Ada's secret list").await.json();
    let key = made("/api/auth/api-keys", "Ada's secret key").await.json();
    let text = |value: &Value| value["id"].as_str().unwrap().to_string();
    let owned = Owned { list: text(&list), key: text(&key) };

    let mut tried = 0;
    for route in router::list().iter().filter(|route| route.access == Access::Tenant) {
        match owned.path(route) {
            Some(path) => {
                let call = app.call(route.method.clone(), &path).bearer(&eve).json(body(route));
                call.send().await.is_problem(404);
                tried += 1;
            }
            None if route.path.contains('{') => {
                panic!("{} {} takes an id: say in Owned::path whose it is", route.method, route.path)
            }
            None if route.method == Method::GET && route.path != "/api/live" => {
                let answer = app.get(route.path).bearer(&eve).send().await;
                assert_eq!(answer.status, 200, "{}", route.path);
                assert!(!answer.text().contains("Ada's"), "{}: {}", route.path, answer.text());
            }
            None => {} // makes something of the caller's own; tests/live.rs has the stream
        }
    }
    assert!(tried >= 6, "only {tried} routes take an id");

    let seen = app.get(&format!("/api/portfolio/watchlists/{}", owned.list)).bearer(&ada).send().await.json();
    assert_eq!(seen["name"], "Ada's secret list");
    assert_eq!(seen["symbols"], json!([]));
    let keys = app.get("/api/auth/api-keys").bearer(&ada).send().await.json();
    assert_eq!(keys["items"].as_array().unwrap().len(), 1);
}
