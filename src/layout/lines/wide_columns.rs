//! Lines as a terminal shows them, where a character of Han, kana or Hangul takes two columns: text browsers set their tables so.

use super::column_table::{column_table, may_open};
use super::line::Line;
use super::run::Run;
use crate::block::{Content, Rich};
use crate::text::{is_wide, may_hold_wide};

/// Stands for the second column of a character; it prints nothing, and no reader leaves one in a text.
const SECOND_COLUMN: char = '\u{2060}';

/// The lines with a character for each column; none where the lines are that already.
pub(super) fn stretched(lines: &[Line]) -> Option<Vec<Line>> {
    if !lines.iter().any(|line| holds_wide(line.text())) {
        return None;
    }
    let stretch = |line: &Line| {
        let columns = |c: char| [Some(c), is_wide(c).then_some(SECOND_COLUMN)].into_iter().flatten();
        line.with_text(line.text().chars().flat_map(columns).collect())
    };
    Some(lines.iter().map(stretch).collect())
}

fn holds_wide(text: &str) -> bool {
    may_hold_wide(text) && text.contains(is_wide)
}

/// The table that begins with the first line: of printed lines, or of the stretched ones where those make a better one. Text browsers
/// count the columns of a terminal, other programs characters.
pub(super) fn held_table<'l>(lines: &[Line], stretched: impl FnOnce() -> Option<&'l [Line]>) -> Option<Run> {
    if !may_open(lines) {
        return None;
    }
    let plain = column_table(lines);
    let Some(wide) = stretched().and_then(column_table) else { return plain.map(|plain| plain.run) };
    match plain {
        Some(plain) if plain.worth > wide.worth => Some(plain.run),
        _ => Some(shrunk(wide.run)),
    }
}

/// A table in the characters that were printed.
fn shrunk(mut run: Run) -> Run {
    if let Content::Table(table) = &mut run.block.content {
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.text = Rich::plain(cell.text.text.replace(SECOND_COLUMN, ""));
        }
    }
    run
}

#[cfg(test)]
mod tests {
    use crate::layout::Lines;

    #[test]
    fn columns_hold_where_a_character_takes_two_of_them() {
        let text = "名称      提供元    目的                  有効期間\n\
                    SESSID    山田商店  ログインを保ちます    セッション\n\
                    yd_cart   山田商店  カートを覚えます      30日\n\
                    _ga       Google    訪問者を区別します    2年\n";
        let blocks = Lines::of(text).into_blocks();
        let table = blocks[0].as_table().unwrap();
        let cells = |row: usize| table.rows[row].cells.iter().map(|cell| cell.text.text.as_str()).collect::<Vec<_>>();
        assert_eq!(cells(1), ["SESSID", "山田商店", "ログインを保ちます", "セッション"]);
        assert_eq!(cells(3), ["_ga", "Google", "訪問者を区別します", "2年"]);
    }
}
