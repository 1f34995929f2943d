//! One module becomes many: what every page needs, and a file for each page that a browser fetches when somebody goes
//! there. Where to cut is said by `#[lazy_route]` in `app/src/pages/lazy.rs`; `wasm_split_cli_support` does the cutting.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use wasm_split_cli_support::Options;

use super::{output::Output, wasm::last_part};

/// The file that knows how to load the parts; wasm-bindgen's loader imports it and it imports that loader.
const LINKS: &str = "split.js";
const LOADER: &str = "candlewick.js";

pub struct Split {
    /// What is bound next.
    pub main: PathBuf,
    /// The files beside it.
    pub parts: Vec<PathBuf>,
    links: PathBuf,
    /// Lazy function -> stems of the files it needs.
    needs: BTreeMap<String, Vec<String>>,
}

/// Cuts `module` apart; the parts lie in `work` afterwards.
pub fn transform(module: &Path, work: &Path) -> anyhow::Result<Split> {
    let input = fs::read(module)?;
    let main = work.join("main.wasm");
    let (link_name, main_module) = (format!("./{LINKS}"), format!("./{LOADER}"));
    let mut options = Options::new(&input);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    let done = wasm_split_cli_support::transform(options)
        .map_err(|report| anyhow!("{report:?}"))
        .context("splitting the WebAssembly")?;
    done.split_modules.iter().try_for_each(|part| compact(part))?;
    let needs = done.prefetch_map.into_iter().collect();
    Ok(Split { main, parts: done.split_modules, links: work.join(LINKS), needs })
}

/// Writes a part anew. The linker gave every number five bytes so that the splitter could change it; most need one.
fn compact(part: &Path) -> anyhow::Result<()> {
    let mut module = walrus::ModuleConfig::new()
        .generate_name_section(false)
        .generate_producers_section(false)
        .parse(&fs::read(part)?)?;
    let customs: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    customs.into_iter().for_each(|id| drop(module.customs.delete(id)));
    Ok(fs::write(part, module.emit_wasm())?)
}

impl Split {
    /// Adds the parts, the links and the loader. The last two name each other, so both carry the hash of both.
    pub fn add(self, loader: String, output: &mut Output) -> anyhow::Result<()> {
        let mut links = fs::read_to_string(&self.links)?;
        let mut stems = BTreeMap::new();
        for part in &self.parts {
            let name = part.file_name().context("a part has a name")?.to_string_lossy().into_owned();
            let address = output.add_hashed(&format!("parts/{name}"), &fs::read(part)?)?;
            links = links.replace(&format!("\"./{name}\""), &format!("\"./{}\"", last_part(&address)));
            let (stem, hashed) =
                (name.trim_end_matches(".wasm"), last_part(&address).trim_end_matches(".wasm"));
            stems.insert(stem.to_owned(), hashed.to_owned());
        }
        let hash = super::output::hash(format!("{loader}{links}").as_bytes());
        let named = |file: &str| format!("{}.{hash}.js", file.trim_end_matches(".js"));
        let links = links.replace(LOADER, &named(LOADER));
        // Only where it is imported: the WebAssembly itself knows its imports by the plain name.
        let loader = loader.replace(&format!("from \"./{LINKS}\""), &format!("from \"./{}\"", named(LINKS)));
        output.add_named(LINKS, &format!("assets/{}", named(LINKS)), links.as_bytes())?;
        output.add_named(LOADER, &format!("assets/{}", named(LOADER)), loader.as_bytes())?;
        let known = |stem: String| stems.get(&stem).cloned().with_context(|| format!("no part {stem}"));
        for (function, parts) in self.needs {
            output.parts.insert(function, parts.into_iter().map(known).collect::<anyhow::Result<_>>()?);
        }
        Ok(())
    }
}
