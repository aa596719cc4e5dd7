// SPDX-License-Identifier: Apache-2.0
// The page of a statement, in the language of typst. It prints `PrintedStatement` from the input `data` and decides
// nothing. All texts come in as data, so that none of them can be taken for markup.

export const statementTemplate = String.raw`
#let d = json(bytes(sys.inputs.data))
#let ink = rgb("#16242b")
#let accent = rgb("#0f5c63")
#let soft = rgb("#5b6b73")
#let hair = 0.5pt + rgb("#c9d3d7")
#let wash = rgb("#eef4f4")

#set document(title: "Statement " + d.period + ", " + d.payee, author: d.company)
#set page(
  paper: "a4",
  margin: (top: 22mm, bottom: 24mm, left: 22mm, right: 22mm),
  footer: context {
    set text(size: 7.5pt, fill: soft)
    line(length: 100%, stroke: hair)
    v(-6pt)
    grid(columns: (1fr, auto), column-gutter: 8mm,
      [#d.payee, #d.period, version #d.version. Entry #d.sequence of the log. Fingerprint #raw(d.hash.slice(0, 16))],
      [Page #counter(page).display() of #counter(page).final().first()])
  },
)
#set text(font: "Libertinus Serif", size: 9.8pt, fill: ink, number-type: "lining", lang: "en", hyphenate: false)
#set par(leading: 0.55em, spacing: 0.9em)
#let figure-text(body) = text(number-width: "tabular", body)
#let small(body) = text(size: 8.3pt, fill: soft, body)
#let label(body) = text(size: 7.6pt, fill: soft, tracking: 0.06em, upper(body))
#let heading-line(body) = block(above: 1.9em, below: 0.9em, sticky: true)[
  #text(size: 12.5pt, weight: "semibold", fill: accent, body)
  #v(-7pt)
  #line(length: 100%, stroke: 0.8pt + accent)
]

// The letterhead.
#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  [#text(size: 15pt, weight: "semibold", d.company) \ #small(d.agreement)],
  [#text(size: 21pt, fill: accent, "Statement") \ #text(size: 11pt, d.period)])
#v(-2pt)
#line(length: 100%, stroke: 1.4pt + accent)
#v(4pt)
#grid(columns: (1.5fr, 1.3fr, 1fr, 1.1fr), column-gutter: 6mm, row-gutter: 3pt,
  label("For"), label("Period"), label("Version"), label("Issued"),
  text(weight: "semibold", d.payee), [#d.from to #d.through], [#d.version], [#d.issuedOn])
#v(2pt)
#small[#text(weight: "semibold", fill: ink, d.status). #d.statusWords As known on #d.asOf, under version #d.agreementVersion of the agreement.]

// What it comes to.
#v(4pt)
#if d.totals.len() == 0 [
  #block(fill: wash, inset: 5mm, radius: 2pt, width: 100%)[
    #text(size: 12pt, weight: "semibold")[Nothing is due.] \
    #small[No component gave anything in this period. What could have, and why it did not, is told below.]
  ]
]
#for t in d.totals {
  block(fill: wash, inset: (x: 5mm, y: 4mm), radius: 2pt, width: 100%, breakable: false,
    grid(columns: (1fr, auto), column-gutter: 10mm, align: (left + horizon, right + horizon),
      grid(columns: (auto, auto), column-gutter: 8mm, row-gutter: 5pt, align: (left, right),
        ..t.rows.map(r => (r.at(0), figure-text(r.at(1)))).flatten()),
      [#label("Payable") \ #v(-3pt) #text(size: 19pt, weight: "semibold", fill: accent, figure-text(t.payable))]))
}

#let tree(nodes) = if nodes.len() > 0 {
  block(inset: (left: 3mm), above: 0.7em, below: 0.8em, stroke: (left: 1pt + rgb("#d5e3e3")),
    grid(columns: (1fr, auto), column-gutter: 5mm, row-gutter: 4.2pt, align: (left, right),
      ..nodes.map(n => (
        pad(left: 1mm + n.depth * 4mm, text(size: 8.8pt, fill: if n.depth == 0 { ink } else { soft }, n.label)),
        text(size: 8.8pt, figure-text(n.figure)),
      )).flatten()))
}

#let restated(r) = {
  block(above: 0.5em, below: 0.6em)[
    #small[Was #figure-text(r.before), is now #figure-text(r.after), because of:]
    #for c in r.causes [ \ #h(3mm) #text(size: 8.8pt, c)]
  ]
  if r.moved.len() > 0 {
    table(columns: (1fr, auto, auto, auto), column-gutter: 4mm, inset: (x: 0pt, y: 2.6pt), stroke: none,
      align: (left, right, right, right),
      table.header(label("Moved with it"), label("Before"), label("Now"), label("Change")),
      table.hline(stroke: hair),
      ..r.moved.map(m => (
        text(size: 8.8pt, m.at(0)), text(size: 8.8pt, figure-text(m.at(1))),
        text(size: 8.8pt, figure-text(m.at(2))), text(size: 8.8pt, figure-text(m.at(3))),
      )).flatten())
  }
  if r.movedMore != "" { small(r.movedMore) }
}

#let deals(item) = if item.lines.len() > 0 {
  table(columns: (1fr, auto), column-gutter: 6mm, inset: (x: 0pt, y: 3.4pt), stroke: none, align: (left, right),
    table.header(label(if item.restatement == none { "Borne by" } else { "Borne by, as it is now" }), label("Amount")),
    table.hline(stroke: hair),
    ..item.lines.map(l => (
      {
        text(weight: "semibold", size: 9.2pt, l.name)
        for s in l.rate { h(2.5mm); text(size: 8.6pt, fill: accent, s) }
        if l.details != "" { linebreak(); text(size: 8.1pt, fill: soft, l.details) }
        for k in l.linked { linebreak(); h(3mm); text(size: 8.1pt, fill: soft, "with " + k) }
      },
      figure-text(l.amount),
      table.hline(stroke: 0.3pt + rgb("#e3e9eb")),
    )).flatten(),
    text(size: 9.2pt, weight: "semibold", "Sum"), text(weight: "semibold", figure-text(item.linesTotal)))
}

#let item-head(component, place, amount) = block(above: 1.3em, below: 0.5em, sticky: true,
  grid(columns: (1fr, auto), column-gutter: 6mm, align: (left + bottom, right + bottom),
    [#text(size: 11pt, weight: "semibold", component) #h(2mm) #small(place)],
    text(size: 11pt, weight: "semibold", figure-text(amount))))

#for section in d.sections {
  heading-line(section.title)
  for item in section.items {
    item-head(item.component, item.place, item.amount)
    if item.sentence != "" { block(above: 0.4em, below: 0.6em, text(size: 9.2pt, style: "italic", fill: soft, item.sentence)) }
    if item.restatement != none { restated(item.restatement) }
    tree(item.tree)
    for n in item.notes { block(above: 0.5em, below: 0.5em, small(n)) }
    deals(item)
  }
}

#if d.nothing.len() > 0 {
  heading-line("What gave nothing, and why")
  for item in d.nothing {
    item-head(item.component, item.place, "nothing")
    if item.sentence != "" { block(above: 0.4em, below: 0.6em, text(size: 9.2pt, style: "italic", fill: soft, item.sentence)) }
    tree(item.tree)
  }
}

#if d.changes.len() > 0 {
  heading-line("What changed since the version before")
  for c in d.changes {
    block(above: 1em, below: 0.4em, sticky: true, text(weight: "semibold", c.title))
    restated(c.restatement)
  }
}

#if d.balances.len() > 0 {
  heading-line("Balances")
  table(columns: (1fr, auto), inset: (x: 0pt, y: 3pt), stroke: none, align: (left, right),
    ..d.balances.map(b => (b.at(0), figure-text(b.at(1)))).flatten())
}

#if d.payments.len() > 0 {
  heading-line("Payments")
  table(columns: (auto, 1fr, auto), column-gutter: 6mm, inset: (x: 0pt, y: 3pt), stroke: none, align: (left, left, right),
    ..d.payments.map(p => (p.at(0), p.at(1), figure-text(p.at(2)))).flatten())
}

#if d.now.len() > 0 {
  heading-line("Where it stands by now")
  table(columns: (1fr, auto), inset: (x: 0pt, y: 3pt), stroke: none, align: (left, right),
    ..d.now.map(n => (n.at(0), figure-text(n.at(1)))).flatten())
}

#heading-line("About this statement")
#block(breakable: false)[
  #grid(columns: (auto, auto, 1fr), column-gutter: 7mm, row-gutter: 4pt,
    label("Version"), label("Issued"), label("Entry of the log"),
    ..d.versions.map(v => (v.at(0), v.at(1), v.at(2))).flatten())
  #v(3pt)
  #small[An issued version never changes; a correction makes a new one, and this one stays beside it. Whoever it is for may
  ask about any line, at any time; saying nothing is not agreeing. It can be recomputed without this service: take its
  verification bundle and run #raw("rapport verify"). The full extract lists every deal, also those that earned nothing,
  and why.]
  #v(1pt)
  #text(size: 7.4pt, fill: soft)[Fingerprint of this version (SHA-256) #raw(d.hash)]
]
`;
