//! Mails one report to its reader.

use super::Reports;
use crate::{
    Cx, Result,
    jobs::{Run, SendReport},
    mail::{Attachment, Mail, escape_html},
    store,
};
use domain::report::{Made, ReportInfo, State};

impl Reports<'_> {
    /// Mails a report to its reader, unless they have it or want it no more. Who retries is the job.
    ///
    /// A program that ends between the server's yes and our note of it sends the same mail again.
    pub(crate) async fn send(&self, job: &SendReport, run: &Run<'_>) -> Result<()> {
        let engine = self.0;
        let Some(mailer) = engine.mailer() else { return Ok(()) };
        let Some(role) = store::reports::role(engine.db(), job.tenant_id, job.user_id).await? else {
            tracing::warn!(report = %job.report_id.0, "the reader of a report has left");
            return Ok(());
        };
        let cx = Cx { tenant: job.tenant_id, user: job.user_id, role, request: format!("job {}", run.id()) };
        if !self.preferences(&cx).await?.mail {
            return Ok(());
        }
        let Some(report) = store::reports::one(engine.db(), &cx, job.report_id).await? else {
            tracing::warn!(report = %job.report_id.0, "a report that was to be mailed is gone");
            return Ok(());
        };
        if report.state != State::Ready || report.mailed_at.is_some() {
            return Ok(());
        }
        let (report, bytes) = self.pdf(&cx, report.id).await?;
        let Some(made) = report.made.clone() else { return Ok(()) };
        let user = engine.accounts().user(&cx).await?;
        let link = self.leaving_link(&cx)?;
        let mail = Mail {
            to: user.email,
            subject: format!("Morning report: {}", report.subject),
            text: text(&report, &made, engine.public_url(), &link),
            html: html(&report, &made, engine.public_url(), &link),
            attachment: Some(Attachment {
                name: format!("candlewick-{}.pdf", made.at.format("%Y-%m-%d")),
                media_type: "application/pdf",
                bytes,
            }),
            unsubscribe: Some(link),
        };
        mailer.send(&mail).await?;
        let mut tx = engine.db().begin_for(&cx).await?;
        store::reports::mailed(&mut tx, &cx, report.id, engine.clock().now()).await?;
        tx.commit().await
    }
}

fn text(report: &ReportInfo, made: &Made, home: &str, leave: &str) -> String {
    let mut lines = vec![format!("Morning report: {}", report.subject), made.lead.clone()];
    let facts = made.facts.iter().map(|fact| format!("{}: {} {}", fact.label, fact.value, fact.note));
    lines.push(facts.map(|line| line.trim_end().to_string()).collect::<Vec<_>>().join("\n"));
    lines.push(format!("The whole report is attached. All reports: {home}/reports"));
    lines.push(format!("No more of these mails: {leave}"));
    lines.join("\n\n") + "\n"
}

/// Plain tables and inline styles: what mail programs understand.
fn html(report: &ReportInfo, made: &Made, home: &str, leave: &str) -> String {
    const MUTED: &str = "color:#525864";
    let fact = |fact: &domain::report::Fact| {
        let color = match fact.tone {
            domain::report::Tone::Up => "#007852",
            domain::report::Tone::Down => "#c51d28",
            _ => "#1a2029",
        };
        format!(
            "<tr><td style=\"padding:4px 16px 4px 0;{MUTED}\">{}</td><td style=\"padding:4px 16px 4px 0;\
             text-align:right;font-weight:600;color:{color}\">{}</td><td style=\"padding:4px 0;{MUTED}\">{}</td></tr>",
            escape_html(&fact.label),
            escape_html(&fact.value),
            escape_html(&fact.note)
        )
    };
    let rows: String = made.facts.iter().map(fact).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><body style=\"font-family:Inter,Helvetica,Arial,sans-serif;\
         font-size:14px;line-height:1.4;color:#1a2029;max-width:600px\">\n\
         <h1 style=\"font-size:20px;margin:0 0 4px\">Morning report</h1>\n\
         <p style=\"margin:0 0 12px;color:#bb6802;font-weight:600\">{}</p>\n<p>{}</p>\n\
         <table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">{rows}</table>\n\
         <p>The whole report is attached. <a href=\"{home}/reports\">All reports</a></p>\n\
         <p style=\"{MUTED};font-size:12px\">You get this because you asked for it. \
         <a href=\"{leave}\">No more of these mails</a></p>\n</body></html>\n",
        escape_html(&report.subject),
        escape_html(&made.lead),
        home = escape_html(home),
        leave = escape_html(leave),
    )
}
