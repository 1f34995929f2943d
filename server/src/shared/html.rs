//! A report as a page.

use domain::report::{Block, Cell, Fact, Report, Section, Table, Tone};
use engine::{Result, mail::escape_html, paint};
use std::fmt::Write as _;

/// The whole page.
pub(super) fn page(report: &Report, address: &str, css: &str, protected: bool) -> Result<String> {
    let title = escape_html(&report.subject);
    let lead = escape_html(&report.lead);
    // Behind a password even the preview would tell: there is none.
    let preview = match protected {
        true => String::new(),
        false => format!(
            "<meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{lead}\">\
             <meta property=\"og:type\" content=\"website\"><meta property=\"og:url\" content=\"{0}\">\
             <meta property=\"og:image\" content=\"{0}/preview.png\"><meta property=\"og:image:width\" content=\"1200\">\
             <meta property=\"og:image:height\" content=\"630\"><meta name=\"twitter:card\" content=\"summary_large_image\">",
            escape_html(address)
        ),
    };
    let mut body = format!(
        "<header class=\"shared-head\"><p class=\"shared-brand\">Candlewick</p><h1>{title}</h1><p>{lead}</p>\
         <p class=\"muted\">{} · <a href=\"{}/report.pdf\">PDF</a></p></header>",
        escape_html(&report.made),
        escape_html(address),
    );
    if let Some(notice) = &report.notice {
        write(&mut body, format_args!("<p class=\"shared-notice\">{}</p>", escape_html(notice)));
    }
    facts(&mut body, &report.facts);
    for part in &report.sections {
        section(&mut body, part)?;
    }
    Ok(document(&title, css, &preview, &body))
}

/// Asks for the password and says nothing else.
pub(super) fn locked(css: &str, wrong: bool) -> String {
    let problem = if wrong { "<p role=\"alert\">That is not the password.</p>" } else { "" };
    let body = format!(
        "<header class=\"shared-head\"><p class=\"shared-brand\">Candlewick</p><h1>This page asks for a password</h1>\
         </header>{problem}<form method=\"post\" class=\"form stack shared-key\"><label class=\"field-label\" \
         for=\"password\">Password</label><input class=\"input\" id=\"password\" name=\"password\" type=\"password\" \
         required autofocus><button class=\"button\" type=\"submit\">Open</button></form>"
    );
    document("A shared page", css, "", &body)
}

/// Says that there is nothing, whatever there was.
pub(super) fn gone(css: &str) -> String {
    let body = "<header class=\"shared-head\"><p class=\"shared-brand\">Candlewick</p><h1>There is no page here</h1>\
         <p class=\"muted\">The link may be mistyped, at its end, or taken back. Ask whoever gave it to you.</p></header>";
    document("No page here", css, "", body)
}

fn document(title: &str, css: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\" data-theme=\"system\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex, nofollow\"><title>{title} · Candlewick</title>{head}\
         <link rel=\"stylesheet\" href=\"{css}\"><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         </head><body><main class=\"shared\">{body}</main></body></html>\n"
    )
}

fn write(out: &mut String, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("a string takes every write");
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Up => " data-tone=\"up\"",
        Tone::Down => " data-tone=\"down\"",
        Tone::Muted => " data-tone=\"muted\"",
        Tone::Plain => "",
    }
}

fn facts(out: &mut String, facts: &[Fact]) {
    out.push_str("<dl class=\"report-facts\">");
    for fact in facts {
        write(
            out,
            format_args!(
                "<div class=\"report-fact\"><dt>{}</dt><dd{}>{}</dd><dd class=\"muted\">{}</dd></div>",
                escape_html(&fact.label),
                tone(fact.tone),
                escape_html(&fact.value),
                escape_html(&fact.note)
            ),
        );
    }
    out.push_str("</dl>");
}

fn section(out: &mut String, section: &Section) -> Result<()> {
    write(out, format_args!("<section class=\"shared-section\"><h2>{}</h2>", escape_html(&section.title)));
    for block in &section.blocks {
        match block {
            Block::Text { text } => write(out, format_args!("<p class=\"muted\">{}</p>", escape_html(text))),
            Block::Facts { facts: some } => facts(out, some),
            Block::Table { table: some } => table(out, some),
            Block::Chart { chart } => {
                let svg = paint::svg(chart, paint::Size { width: 960, height: 300 })?;
                write(out, format_args!("<div class=\"shared-chart\">{svg}</div>"));
            }
        }
    }
    out.push_str("</section>");
    Ok(())
}

fn table(out: &mut String, table: &Table) {
    let right = |at: usize| if table.columns[at].right { " class=\"number\"" } else { "" };
    out.push_str("<div class=\"shared-table\"><table><thead><tr>");
    for (at, column) in table.columns.iter().enumerate() {
        write(out, format_args!("<th scope=\"col\"{}>{}</th>", right(at), escape_html(&column.title)));
    }
    out.push_str("</tr></thead><tbody>");
    let row = |out: &mut String, cells: &[Cell]| {
        out.push_str("<tr>");
        for (at, cell) in cells.iter().enumerate() {
            let detail = match cell.detail.is_empty() {
                true => String::new(),
                false => format!("<small>{}</small>", escape_html(&cell.detail)),
            };
            write(
                out,
                format_args!(
                    "<td{}><span{}>{}</span>{detail}</td>",
                    right(at),
                    tone(cell.tone),
                    escape_html(&cell.text)
                ),
            );
        }
        out.push_str("</tr>");
    };
    for cells in &table.rows {
        row(out, cells);
    }
    out.push_str("</tbody>");
    if !table.total.is_empty() {
        out.push_str("<tfoot>");
        row(out, &table.total);
        out.push_str("</tfoot>");
    }
    out.push_str("</table></div>");
}
