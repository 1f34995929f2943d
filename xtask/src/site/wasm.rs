//! The browser's half: compiled for wasm32, split into what every page needs and a file for each page, bound to
//! JavaScript by wasm-bindgen as a library (so its version can never differ from the crate's).

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::{output::Output, paths::Paths, split};

/// Compiles `frontend` and answers the path of the raw module. Fast when nothing changed. Only `dev` has the style
/// guide, as the debug build of the server.
pub fn compile(paths: &Paths, dev: bool) -> anyhow::Result<PathBuf> {
    let toolchain = Command::new("bash")
        .arg(paths.root.join("scripts/ensure-wasm-target.sh"))
        .stderr(Stdio::inherit())
        .output()
        .context("running scripts/ensure-wasm-target.sh")?;
    ensure!(toolchain.status.success(), "no compiler for wasm32-unknown-unknown");
    let toolchain = String::from_utf8(toolchain.stdout)?;

    let mut cargo = Command::new("cargo");
    // What an outer `cargo run` sets for its own toolchain must not reach another one.
    for inherited in
        ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"]
    {
        cargo.env_remove(inherited);
    }
    if !toolchain.trim().is_empty() {
        let rest = env::var_os("PATH").unwrap_or_default();
        let path = [PathBuf::from(toolchain.trim())].into_iter().chain(env::split_paths(&rest));
        cargo.env("PATH", env::join_paths(path)?);
    }
    let status = cargo
        .current_dir(&paths.root)
        .args(["rustc", "--locked", "-p", "frontend", "--lib", "--target", "wasm32-unknown-unknown"])
        .args(if dev { &["--features", "styleguide"][..] } else { &[] })
        .args(["--profile", "wasm", "--target-dir"])
        .arg(&paths.wasm_target)
        // Where everything came from, for the splitter; only the last crate is linked.
        .args(["--", "-Clink-args=--emit-relocs"])
        .status()
        .context("running cargo for wasm32")?;
    ensure!(status.success(), "the frontend does not compile for wasm32");
    Ok(paths.wasm_target.join("wasm32-unknown-unknown/wasm/frontend.wasm"))
}

/// Splits and binds the module; adds it, its loader, the files of the pages and the loader's snippets.
pub fn add(module: &Path, output: &mut Output) -> anyhow::Result<()> {
    let work = module.with_file_name("bound");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let split = split::transform(module, &work)?;
    Bindgen::new()
        .input_path(&split.main)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        // The files of the pages link to what the main one exports.
        .keep_lld_exports(true)
        .demangle(false)
        .out_name("candlewick")
        .generate(&work)
        .context("binding the WebAssembly")?;

    let bound = work.join("candlewick_bg.wasm");
    let snippets = work.join("snippets");
    for file in super::paths::files_under(&snippets)? {
        // Their folder is named after a hash by wasm-bindgen, and the loader imports them by relative path.
        let name = file.strip_prefix(&work)?.to_string_lossy().into_owned();
        output.add_named(&name, &format!("assets/{name}"), &fs::read(&file)?)?;
    }
    let mut loader = fs::read_to_string(work.join("candlewick.js"))?;
    let address = output.add_hashed("candlewick_bg.wasm", &fs::read(&bound)?)?;
    loader = loader.replace("candlewick_bg.wasm", last_part(&address));
    split.add(loader, output)
}

/// `/assets/a.js` -> `a.js`.
pub(super) fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}
