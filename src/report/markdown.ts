/** Markdown: text that means itself, links, tables and folded parts. */

/** The text with every character escaped that Markdown would take for markup. */
export function escape(text: string): string {
  return text
    .replaceAll(/[\\`*<>[\]|$]/g, (character) => `\\${character}`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
}

/** Text in a code span, also inside a table. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

/** A link. */
export function link(text: string, target: string): string {
  return `[${escape(text)}](${target})`
}

/** A table; the cells are Markdown. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A part that opens on a click. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** Lines as they are. */
export function block(lines: readonly string[], language = 'text'): string {
  return ['```' + language, ...lines, '```'].join('\n')
}

/** A list; the items are Markdown. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}
