/** JSON for people: what fits on a line stays on one line. */

const WIDTH = 110

/** The value as JSON, indented by 2, short lists and objects on one line, with one newline at the end. */
export function prettyJson(value: unknown): string {
  return `${layout(JSON.parse(JSON.stringify(value)), '', 0)}\n`
}

/** The JSON of a plain value that starts `used` characters into its line. */
function layout(value: unknown, indent: string, used: number): string {
  const line = oneLine(value)
  if (typeof value !== 'object' || value === null || indent.length + used + line.length < WIDTH) return line
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((element) => inner + layout(element, inner, 1))
    : Object.entries(value).map(([key, element]) => {
        const name = `${JSON.stringify(key)}: `
        return inner + name + layout(element, inner, name.length + 1)
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([key, element]) => `${JSON.stringify(key)}: ${oneLine(element)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}
