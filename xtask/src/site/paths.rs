//! Where things lie: the root of the repository, the wasm build's own target folder, the site.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub struct Paths {
    pub root: PathBuf,
    /// The wasm build has a target folder of its own: another compiler may serve it.
    pub wasm_target: PathBuf,
    pub site: PathBuf,
    /// Beside the site, not in it: everything inside is embedded into the server.
    pub stamp: PathBuf,
}

impl Paths {
    pub fn new() -> Self {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root").to_path_buf();
        let site = root.join("target/site");
        Self { wasm_target: root.join("target/wasm"), stamp: site.with_extension("stamp"), site, root }
    }
}

/// Every file under `folder`, in a stable order; none if the folder does not exist.
pub fn files_under(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
