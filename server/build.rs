//! Tells the program where the built pages lie, and makes the folder so that it compiles without them.

use std::{env, fs, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-env-changed=CANDLEWICK_SITE_DIR");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder"));
    let site = env::var_os("CANDLEWICK_SITE_DIR").map_or_else(|| here.join("../target/site"), PathBuf::from);
    fs::create_dir_all(&site).expect("the folder of the built pages can be made");
    println!("cargo:rustc-env=CANDLEWICK_SITE_DIR={}", site.display());
    // New files are embedded too, not only changed ones.
    println!("cargo:rerun-if-changed={}", site.display());
}
