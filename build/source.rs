//! Tables and structures as Rust source, in the types of `src/lexicon/table.rs`.

use std::collections::HashMap;

use super::slots::{Slot, hash_of, laid_out};

/// Values by key, in the order in which the keys were first named.
pub struct Keyed<V> {
    keys: Vec<Vec<u8>>,
    values: Vec<V>,
    places: HashMap<Vec<u8>, usize>,
}

impl<V> Default for Keyed<V> {
    fn default() -> Self {
        Self { keys: Vec::new(), values: Vec::new(), places: HashMap::new() }
    }
}

impl<V> Keyed<V> {
    /// Gives a key its value; the last one counts.
    pub fn set(&mut self, key: impl AsRef<[u8]>, value: V) {
        let place = self.place(key.as_ref());
        match self.values.get_mut(place) {
            Some(known) => *known = value,
            None => self.values.push(value),
        }
    }

    /// The place of a key, which is a new one where it was never named.
    fn place(&mut self, key: &[u8]) -> usize {
        let next = self.keys.len();
        let place = *self.places.entry(key.to_owned()).or_insert(next);
        if place == next {
            self.keys.push(key.to_owned());
        }
        place
    }

    /// The value of a key, a new one where it has none.
    pub fn of(&mut self, key: impl AsRef<[u8]>) -> &mut V
    where
        V: Default,
    {
        let place = self.place(key.as_ref());
        if place == self.values.len() {
            self.values.push(V::default());
        }
        &mut self.values[place]
    }

    /// The keys whose values are wanted.
    pub fn those(&self, wanted: impl Fn(&V) -> bool) -> Keyed<&V> {
        let mut kept = Keyed::default();
        self.keys
            .iter()
            .zip(&self.values)
            .filter(|(_, value)| wanted(value))
            .for_each(|(key, value)| kept.set(key, value));
        kept
    }

    /// The values, in the order of the keys.
    pub fn values(&self) -> &[V] {
        &self.values
    }

    /// A `Table`.
    pub fn source(&self, value: impl Fn(&V) -> String) -> String {
        let slots = laid_out(self.keys.iter().map(|key| hash_of(key)));
        let fields = [
            ("keys", keys(&self.keys)),
            ("slots", self::slots(&slots)),
            ("values", list(self.values.iter().map(value))),
        ];
        structure("Table", fields)
    }
}

/// `Keys`, in order.
pub fn keys(keys: &[Vec<u8>]) -> String {
    let ends = keys.iter().scan(0, |end, key| {
        *end += key.len();
        Some(end.to_string())
    });
    structure("Keys", [("text", format!("b\"{}\"", keys.concat().escape_ascii())), ("ends", list(ends))])
}

/// `Slots`.
pub fn slots(slots: &[Slot]) -> String {
    format!("Slots({})", list(slots.iter().map(|Slot(place, tag)| format!("Slot({place}, {tag})"))))
}

/// `Stretch`: so many neighbours in a list, up to the one behind the last.
pub fn stretch(count: usize, end: usize) -> String {
    let place = |place| u16::try_from(place).expect("a list of the lexicon is shorter");
    format!("Stretch({}, {})", place(end - count), place(end))
}

/// A slice of values.
pub fn list(values: impl IntoIterator<Item = String>) -> String {
    format!("&[{}]", values.into_iter().collect::<Vec<_>>().join(", "))
}

/// A structure with its fields.
pub fn structure<'a>(name: &str, fields: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let fields: Vec<String> = fields.into_iter().map(|(field, value)| format!("{field}: {value}")).collect();
    format!("{name} {{ {} }}", fields.join(", "))
}

/// The variant of an enumeration whose name the files write as JSON does: `starting_with` is `NameWord::StartingWith`.
pub fn variant(enumeration: &str, name: &str) -> String {
    let capital = |part: &str| format!("{}{}", part[..1].to_ascii_uppercase(), &part[1..]);
    format!("{enumeration}::{}", name.split('_').map(capital).collect::<String>())
}
