//! Rows of one cookie by one provider on one host: what the rules about repeated rows share.

use std::collections::BTreeMap;

use super::Examined;
use crate::corpus::Field;
use crate::document::CookieRow;

/// Two rows or more that declare the same cookie, in document order.
pub(super) type Repeated<'a> = Vec<&'a CookieRow>;

/// The cookies that are declared more than once. What tells two cookies of one name apart is who sets them, where and how.
pub(super) fn repeated<'a>(examined: &Examined<'a>) -> Vec<Repeated<'a>> {
    const SETTERS: [Field; 4] = [Field::Provider, Field::Domain, Field::Party, Field::Storage];
    let several = examined.cookies.values().filter(|rows| rows.len() > 1);
    let groups = several.flat_map(|rows| {
        let mut groups: BTreeMap<_, Repeated> = BTreeMap::new();
        for row in rows.iter() {
            let key = SETTERS.map(|field| field.comparable(row, &examined.mask));
            groups.entry(key).or_default().push(row);
        }
        groups.into_values()
    });
    groups.filter(|rows| rows.len() > 1).collect()
}
