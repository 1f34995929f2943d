//! PDFs as a reader's program sees them: poppler extracts their text and paints their pages.

use super::pdf;
use crate::testing::{now, report_facts};
use domain::report::{Paper, Report};
use std::{path::Path, process::Command};

fn written(report: &Report, paper: Paper) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, pdf(report, paper, now()).unwrap()).unwrap();
    if let Ok(keep) = std::env::var("CANDLEWICK_KEEP_PDF") {
        std::fs::copy(&path, keep).unwrap();
    }
    (folder, path)
}

/// Runs a program of poppler; it has to be content with the file.
fn poppler(program: &str, arguments: &[&str], pdf: &Path, to: &Path) {
    let out = Command::new(program).args(arguments).arg(pdf).arg(to).output();
    let out = out.expect("poppler is installed by `scripts/setup.sh test`");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
}

fn text(pdf: &Path) -> String {
    let to = pdf.with_extension("txt");
    poppler("pdftotext", &["-layout"], pdf, &to);
    std::fs::read_to_string(to).unwrap()
}

#[test]
fn every_figure_and_every_alphabet_can_be_found_in_the_text() {
    let (_folder, path) = written(&Report::of(&report_facts(50)), Paper::A4);
    let text = text(&path);
    for words in [
        "Morning report",
        "Long-term savings",
        "61,728.00",
        "+11,728.00",
        "株式会社サンプル",
        "Τράπεζα",
        "Müller & Søn Ångström",
        "Пример",
    ] {
        assert!(text.contains(words), "{words} is missing in:\n{text}");
    }
    for position in 0..50 {
        assert!(text.contains(&format!("P{position:03}")), "position {position} is missing");
    }
}

#[test]
fn the_head_of_a_long_table_comes_again_and_pages_are_numbered() {
    let (_folder, path) = written(&Report::of(&report_facts(50)), Paper::A4);
    let text = text(&path);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    let heads = pages.iter().filter(|page| page.contains("Quantity")).count();
    assert!(heads >= 2, "50 positions need more than a page");
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "{page}");
    }
}

#[test]
fn a_reader_without_a_portfolio_gets_market_and_watchlist() {
    let (_folder, path) = written(&Report::of(&report_facts(0)), Paper::Letter);
    let text = text(&path);
    assert!(text.contains("Watchlist: Core Blue Chips") && text.contains("Prices are bundled data"));
    assert!(!text.contains("Holdings"));
    let info = String::from_utf8(Command::new("pdfinfo").arg(&path).output().unwrap().stdout).unwrap();
    assert!(info.contains("612") && info.contains("792"), "Letter is 612 x 792 points: {info}");
}

#[test]
fn hidden_amounts_are_nowhere_in_the_file() {
    let facts = domain::report::Facts { hide_amounts: true, ..report_facts(7) };
    let (_folder, path) = written(&Report::of(&facts), Paper::A4);
    let text = text(&path);
    for amount in ["1,234.56", "8,641.92", "1,000.00", "-54.32", "120.00", "35.50"] {
        assert!(!text.contains(amount), "{amount} shows");
    }
    assert!(text.contains("-0.42%") && text.contains("14.3%"));
}

#[test]
fn a_chart_is_painted_in_its_colours() {
    let (_folder, path) = written(&Report::of(&report_facts(3)), Paper::A4);
    let root = path.with_extension("");
    poppler("pdftoppm", &["-r", "150", "-f", "1", "-singlefile"], &path, &root);
    let ppm = std::fs::read(root.with_extension("ppm")).unwrap();
    // The first series of the light palette, #1777b8, drawn as a line over white: some pixels are close to it.
    let body = &ppm[ppm.len() % 3..];
    let close = |pixel: &[u8]| pixel[0] < 110 && (90..170).contains(&pixel[1]) && pixel[2] > 160;
    assert!(body.chunks_exact(3).filter(|pixel| close(pixel)).count() > 100, "no blue line");
}

#[test]
fn a_report_with_fifty_positions_is_smaller_than_a_megabyte() {
    let made = pdf(&Report::of(&report_facts(50)), Paper::A4, now()).unwrap();
    assert!(made.len() < 1_000_000, "{} bytes", made.len());
}

#[test]
fn names_no_page_could_hold_are_cut_and_hostile_letters_stay_harmless() {
    let mut facts = report_facts(4);
    if let Some(held) = &mut facts.held {
        held.portfolio.name = "W".repeat(80);
        held.positions[0].name = "x".repeat(5_000);
        held.positions[1].name = "\u{202e}\u{0}\u{1f4a9} (\\) <b> \u{feff}".into();
        held.positions[2].name = String::new();
    }
    let (_folder, path) = written(&Report::of(&facts), Paper::A4);
    assert!(text(&path).contains("□ (\\) <b>"));
}
