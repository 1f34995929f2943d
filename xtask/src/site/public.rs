//! The files of `public/`. Most get a hashed name under `/assets/`; a few are asked for by a fixed address.

use std::{fs, path::Path};

use super::{
    output::{Output, is_text},
    paths::{Paths, files_under},
};

/// Documents about the files, and the service worker, which is generated last.
fn is_left_out(name: &str) -> bool {
    name == "sw.js" || [".md", ".LICENSE", ".OFL.txt"].iter().any(|end| name.ends_with(end))
}

/// Browsers and crawlers ask for these by name: pages, the web manifest, robots.txt, favicon.ico.
fn has_fixed_address(name: &str) -> bool {
    !name.contains('/') && [".html", ".webmanifest", ".txt", ".ico"].iter().any(|end| name.ends_with(end))
}

/// Fonts, icons and scripts. Scripts last, and vendored ones before ours, so that ours may name any other file.
pub fn add_leaves(paths: &Paths, output: &mut Output) -> anyhow::Result<()> {
    let mut leaves = names(paths)?;
    leaves.retain(|(name, _)| !has_fixed_address(name));
    leaves.sort_by_key(|(name, _)| (name.ends_with(".js"), !name.starts_with("vendor/")));
    for (name, content) in leaves {
        let content = if name.ends_with(".js") && !name.starts_with("vendor/") {
            output.rewrite(&String::from_utf8(content)?).into_bytes()
        } else {
            content
        };
        output.add_hashed(&name, &content)?;
    }
    Ok(())
}

/// What keeps its address. Comes after everything it may point to.
pub fn add_papers(paths: &Paths, output: &mut Output) -> anyhow::Result<()> {
    for (name, content) in names(paths)? {
        if has_fixed_address(&name) {
            let content = if is_text(&name) {
                output.rewrite(&String::from_utf8(content)?).into_bytes()
            } else {
                content
            };
            output.add_named(&name, &name, &content)?;
        }
    }
    Ok(())
}

fn names(paths: &Paths) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let folder = paths.root.join("public");
    let mut names = Vec::new();
    for file in files_under(&folder)? {
        let name = slashed(file.strip_prefix(&folder)?);
        if !is_left_out(&name) {
            names.push((name, fs::read(&file)?));
        }
    }
    Ok(names)
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
