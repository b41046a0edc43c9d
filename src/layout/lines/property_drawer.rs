//! Property drawers of Org: `:PROPERTIES:`, a line for each, `:END:`. They are about the text and no part of it.

use super::line::Line;
use super::run::Run;
use crate::block::Block;
use crate::text::Span;

const END: &str = ":END:";
/// A drawer has at most so many lines.
const MOST_LINES: usize = 24;

/// The drawer that begins with the first line, if it does.
pub(super) fn drawer_run(lines: &[Line]) -> Option<Run> {
    if !opens(lines[0].text().trim()) {
        return None;
    }
    let inner = lines[1..].iter().take(MOST_LINES).take_while(|line| line.text().trim_start().starts_with(':'));
    let end = 1 + inner.into_iter().position(|line| line.text().trim() == END)?;
    let text = lines[..=end].iter().map(|line| line.text().trim()).collect::<Vec<_>>().join("\n");
    let place = Span::lines(lines[0].number(), lines[end].number());
    Some(Run::new(Block::furniture(text, place), end + 1))
}

/// `:PROPERTIES:`, `:LOGBOOK:`.
fn opens(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
    name.is_some_and(|name| name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase())) && text != END
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawer_is_furniture_up_to_its_end() {
        let lines = |text: &str| (1..).zip(text.lines()).map(|(n, line)| Line::new(n, line)).collect::<Vec<_>>();
        let run = drawer_run(&lines(":PROPERTIES:\n:CUSTOM_ID: a\n:END:\nText")).unwrap();
        assert!(run.lines == 3 && run.block.is_furniture());
        assert!(drawer_run(&lines(":PROPERTIES:\nText\n:END:")).is_none());
        assert!(drawer_run(&lines(":revdate: 2020-01-01\n:END:")).is_none());
    }
}
