//! The stylesheet: `style/main.css` and all it imports, bundled and minified into one file.

use anyhow::{anyhow, bail};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};

use super::{output::Output, paths::Paths};

/// Nesting, `oklch` and `light-dark()` are used as written: all three have been in every browser since 2024.
const BROWSERS: Browsers = Browsers {
    chrome: Some(123 << 16),
    edge: Some(123 << 16),
    firefox: Some(120 << 16),
    safari: Some(17 << 16 | 5 << 8),
    ios_saf: Some(17 << 16 | 5 << 8),
    android: None,
    ie: None,
    opera: None,
    samsung: None,
};

pub fn add(paths: &Paths, output: &mut Output) -> anyhow::Result<()> {
    let entry = paths.root.join("style/main.css");
    if !entry.is_file() {
        bail!("{} is missing", entry.display());
    }
    let files = FileProvider::new();
    let targets = Targets::from(BROWSERS);
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(&entry)
        .map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(|error| anyhow!("{error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..Default::default() })?;
    let css = output.rewrite(&printed.code);
    if let Some(at) = css.find("url(/").filter(|at| !css[*at..].starts_with("url(/assets/")) {
        bail!("style/: no such file under public/: {}", css[at..].chars().take(60).collect::<String>());
    }
    output.add_hashed("style/main.css", css.as_bytes())?;
    Ok(())
}
