//! The rules of the house that a compiler cannot hold. Each failure says the rule and where the line should live.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Which of our crates each crate may depend on.
const ARROWS: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("forecaster", &["domain"]),
    ("engine", &["domain"]),
    ("app", &["domain", "engine"]),
    ("server", &["app", "domain", "engine", "forecaster"]),
    ("frontend", &["app", "domain"]),
    ("xtask", &["domain"]),
];

/// Lines a source file may have before it has to be split by noun or verb.
const MOST_LINES: usize = 600;

#[test]
fn crates_depend_on_each_other_only_along_the_arrows() {
    let packages = metadata();
    let ours: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    for (name, package) in &packages {
        let Some((_, allowed)) = ARROWS.iter().find(|(crate_name, _)| crate_name == name) else {
            panic!("crate `{name}` is not in ARROWS: say in this test which of our crates it may use");
        };
        for needed in dependencies(package).filter(|needed| ours.contains(needed) && needed != name) {
            assert!(
                allowed.contains(&needed),
                "`{name}` may not depend on `{needed}` (allowed: {allowed:?}). Rules belong in engine, words and \
                 formulas in domain, pages in app, HTTP in server"
            );
        }
    }
}

#[test]
fn app_reaches_the_engine_only_on_the_server() {
    let packages = metadata();
    let engine =
        packages["app"]["dependencies"].as_array().unwrap().iter().find(|needed| needed["name"] == "engine");
    assert!(
        engine.is_some_and(|needed| needed["optional"] == true),
        "`engine` must stay an optional dependency of `app` under feature `ssr`: it does not compile to WebAssembly"
    );
}

#[test]
fn domain_knows_no_io_no_clock_and_no_framework() {
    let packages = metadata();
    for needed in dependencies(&packages["domain"]) {
        assert!(
            !["tokio", "sqlx", "leptos", "axum", "reqwest", "rand", "tracing"].contains(&needed),
            "`domain` may not use `{needed}`: it is words and maths; I/O belongs in engine, views in app"
        );
    }
    let clocks = found_in("domain/src", &["Utc::now", "Local::now", "SystemTime::now", "Instant::now"], &[]);
    assert!(clocks.is_empty(), "`domain` may not ask for the time; take it as an argument: {clocks:#?}");
}

#[test]
fn sql_lives_only_in_the_store() {
    let mut strays = Vec::new();
    for room in ["domain/src", "app/src", "server/src", "server/tests", "frontend/src", "xtask/src"] {
        strays.extend(found_in(room, &["sqlx::"], &[]));
    }
    // The error type knows what a failed query means, jobs hand their pools to the queue, the testing room makes and
    // drops databases.
    let allowed = ["engine/src/store/", "engine/src/jobs/", "engine/src/testing", "engine/src/error.rs"];
    strays.extend(found_in("engine/src", &["sqlx::"], &allowed));
    assert!(
        strays.is_empty(),
        "sqlx is for engine/src/store alone; put the query beside its table there: {strays:#?}"
    );
}

#[test]
fn server_functions_live_only_under_app_api() {
    let strays = found_in("app/src", &["#[server"], &["app/src/api/"]);
    assert!(
        strays.is_empty(),
        "what a browser may ask is listed in app/src/api/<area>.rs; move it there: {strays:#?}"
    );
}

#[test]
fn only_two_files_of_app_know_which_side_they_are_on() {
    let allowed = ["app/src/lib.rs", "app/src/backend.rs"];
    let strays = found_in("app/src", &["feature = \"ssr\""], &allowed);
    assert!(
        strays.is_empty(),
        "`feature = \"ssr\"` is asked only in app/src/lib.rs and app/src/backend.rs; server-only code goes into the \
         latter: {strays:#?}"
    );
}

#[test]
fn event_sources_are_opened_in_one_place() {
    let strays = found_in("app/src", &["EventSource::new"], &["app/src/live.rs", "app/src/live/"]);
    assert!(strays.is_empty(), "the live stream is opened once per browser, in app/src/live.rs: {strays:#?}");
}

#[test]
fn migrations_come_in_pairs() {
    let names = |kind: &str| -> BTreeSet<String> {
        let folder = root().join("migrations").join(kind);
        files_under(&folder)
            .iter()
            .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    assert!(!sqlite.is_empty(), "there are no migrations under migrations/sqlite");
    let alone: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
    assert!(
        alone.is_empty(),
        "each migration exists under migrations/sqlite and migrations/postgres with one number and name: {alone:?}"
    );
    let numbers: BTreeSet<_> = sqlite.iter().map(|name| name.split('_').next().unwrap()).collect();
    assert_eq!(
        numbers.len(),
        sqlite.len(),
        "two migrations share a number; give the later one the next: {sqlite:?}"
    );
}

#[test]
fn tls_is_rustls_everywhere() {
    let lock = locked();
    for refused in ["native-tls", "openssl-sys", "openssl"] {
        assert!(
            !lock.contains_key(refused),
            "`{refused}` came into Cargo.lock; turn off the default features of what brought it (cargo tree -i {refused})"
        );
    }
}

#[test]
fn the_binding_library_and_the_bound_crate_have_one_version() {
    let lock = locked();
    assert_eq!(
        lock["wasm-bindgen"], lock["wasm-bindgen-cli-support"],
        "xtask binds what frontend was compiled with: both versions in the Cargo.tomls must be the same"
    );
}

#[test]
fn source_files_stay_readable_in_one_sitting() {
    let mut long = Vec::new();
    for room in ["domain", "engine", "app", "server", "frontend", "xtask", "style", "end2end"] {
        for file in files_under(&root().join(room)) {
            let source =
                ["rs", "css", "ts", "mjs"].iter().any(|end| file.extension().is_some_and(|e| e == *end));
            let lines = if source { fs::read_to_string(&file).unwrap().lines().count() } else { 0 };
            if lines > MOST_LINES {
                long.push(format!("{} has {lines} lines", shown(&file)));
            }
        }
    }
    assert!(long.is_empty(), "no source file over {MOST_LINES} lines; split it by noun or verb: {long:#?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Our packages by name, as cargo sees them.
fn metadata() -> BTreeMap<String, serde_json::Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|package| (package["name"].as_str().unwrap().to_owned(), package.clone())).collect()
}

fn dependencies(package: &serde_json::Value) -> impl Iterator<Item = &str> {
    package["dependencies"].as_array().unwrap().iter().map(|needed| needed["name"].as_str().unwrap())
}

/// Name -> versions in `Cargo.lock`.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let mut locked = BTreeMap::<String, BTreeSet<String>>::new();
    let mut name = String::new();
    for line in fs::read_to_string(root().join("Cargo.lock")).unwrap().lines() {
        let value =
            |key: &str| line.strip_prefix(key).map(|rest| rest.trim_matches([' ', '=', '"']).to_owned());
        if let Some(found) = value("name = ") {
            name = found;
        } else if let Some(version) = value("version = ") {
            locked.entry(name.clone()).or_default().insert(version);
        }
    }
    locked
}

/// Lines of Rust under `room` that hold one of `words` outside comments, as `file:line: text`.
fn found_in(room: &str, words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files_under(&root().join(room)) {
        let name = shown(&file);
        let rust = file.extension().is_some_and(|extension| extension == "rs");
        // This file names what it looks for.
        if !rust
            || name == "server/tests/architecture.rs"
            || allowed.iter().any(|place| name.starts_with(place))
        {
            continue;
        }
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && words.iter().any(|word| code.contains(word)) {
                found.push(format!("{name}:{}: {code}", number + 1));
            }
        }
    }
    found
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// Every file under `folder`, without what builds and package managers make.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("target") {
                files.extend(files_under(&path));
            }
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
