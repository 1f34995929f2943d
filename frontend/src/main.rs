//! The same pages rendered by the browser alone, for quick work on looks with `trunk serve`.
#![recursion_limit = "512"]

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
