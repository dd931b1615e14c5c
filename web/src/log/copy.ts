// Copying out of a log: its text alone, without numbers and times, and as it was written where the page has wrapped it.

/** The text that is selected in `box`, whose rows have `data-row` and hold their text in `data-text`. */
export function selectedText(box: HTMLElement, selection: Selection): string {
  const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
  if (!range) return ''
  const rows = [...box.querySelectorAll<HTMLElement>('[data-row]')].filter((row) => range.intersectsNode(row))
  const parts = rows.map((row, index) => {
    const end = row.dataset.row === 'continued' || index === rows.length - 1 ? '' : '\n'
    return `${selectedIn(row, range)}${end}`
  })
  return parts.join('')
}

function selectedIn(row: HTMLElement, selected: Range): string {
  const text = row.querySelector('[data-text]')
  if (!text) return ''
  const range = document.createRange()
  range.selectNodeContents(text)
  if (range.compareBoundaryPoints(Range.START_TO_START, selected) < 0)
    range.setStart(selected.startContainer, selected.startOffset)
  if (range.compareBoundaryPoints(Range.END_TO_END, selected) > 0)
    range.setEnd(selected.endContainer, selected.endOffset)
  return range.toString()
}
