// How a statement looks, on paper first.
export const STYLE = `
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #666; } }
* { box-sizing: border-box; }
html { color-scheme: light; background: #fff; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { max-width: 180mm; margin: 0 auto; color: #1b1f24; font: 9.5pt/1.4 system-ui, "Liberation Sans", "DejaVu Sans", sans-serif; }
@media screen { body { padding: 10mm 6mm; } }
header > div { flex: none; }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 8mm; padding-bottom: 4mm; border-bottom: 2pt solid #1b1f24; }
h1 { margin: 0; font-size: 19pt; line-height: 1.15; }
.brand { margin: 0 0 1mm; color: #3a5a9b; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; font-size: 8pt; }
dl { display: grid; grid-template-columns: auto auto; gap: .3mm 4mm; margin: 0; font-size: 9pt; }
dt { color: #5b636d; }
dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: 2.2fr 1.5fr repeat(3, 1fr); gap: 2.5mm; margin: 5mm 0; }
.cards div { padding: 2.5mm 3mm; border: .5pt solid #c9cfd6; border-radius: 1.5mm; background: #f6f8fa; }
.cards p { margin: 0; color: #5b636d; font-size: 8pt; }
.cards strong { font-size: 12pt; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
section { margin-top: 5mm; }
.whole, svg { break-inside: avoid; }
h2 { margin: 0 0 1.5mm; font-size: 11pt; break-after: avoid; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 8px; fill: #5b636d; }
svg line { stroke: #dfe3e8; stroke-width: .6; }
.good { fill: #3a5a9b; background: #3a5a9b; }
.wasted { fill: #d98b3a; background: #d98b3a; }
.legend { margin: 1mm 0 0; font-size: 8pt; color: #5b636d; }
.legend span { display: inline-block; width: 2.6mm; height: 2.6mm; margin: 0 1mm 0 3mm; vertical-align: -.3mm; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tfoot { display: table-row-group; }
tr { break-inside: avoid; }
th, td { padding: .45mm 1.5mm; border-bottom: .5pt solid #dfe3e8; text-align: right; white-space: nowrap; }
th { text-align: left; font-weight: 400; white-space: normal; overflow-wrap: anywhere; }
thead th, thead td { color: #5b636d; font-size: 8pt; border-bottom: 1pt solid #1b1f24; }
tfoot th, tfoot td { font-weight: 600; border-top: 1pt solid #1b1f24; border-bottom: 0; }
.exact { font-size: 8.5pt; }
.agrees { color: #1d6b3a; }
.differs { color: #b3261e; }
.nothing { margin: 0; color: #5b636d; }
footer { margin-top: 6mm; border-top: .5pt solid #c9cfd6; color: #5b636d; font-size: 8pt; break-inside: avoid; }
footer ul { margin: 2mm 0 0; padding-left: 4mm; }
@media screen and (max-width: 600px) {
  body { padding: 4mm; }
  header { display: block; }
  dl { margin-top: 3mm; justify-content: start; }
  dd { text-align: left; }
  .cards { grid-template-columns: 1fr 1fr; }
  .cards div:first-child { grid-column: 1 / -1; }
  section { overflow-x: auto; }
  th { min-width: 9em; }
}
`
