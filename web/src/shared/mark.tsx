/** The sign of Constellation: four stars and the line between them. */
export function Mark(props: { size: number }) {
  return (
    <svg width={props.size} height={props.size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#4f46e5" />
      <path d="M7 22 13 10 20 16 26 8" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="1.6" />
      <g fill="#fff">
        <circle cx="7" cy="22" r="2.4" />
        <circle cx="13" cy="10" r="3" />
        <circle cx="20" cy="16" r="2.2" />
        <circle cx="26" cy="8" r="2.7" />
      </g>
    </svg>
  )
}
