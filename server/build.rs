//! Makes the folder of the built pages, so that the program compiles before they are there. What is in it matters to the
//! program alone and not to the library, which is why this runs once.

use std::{env, fs, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder"));
    fs::create_dir_all(here.join("../target/site")).expect("the folder of the built pages can be made");
}
