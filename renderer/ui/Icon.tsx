/** Drawn on a 24-unit grid with the stroke of the text; each name is one path, so a look is one line here. */
const paths = {
  job: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3',
  many: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  live: 'M3 13h4l3-8 4 14 3-6h4',
  rules: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6',
  standards: 'M12 3v4M7 7h10l2 10H5zM3 21h18M9.500 12h5',
  reports: 'M6 3h8l4 4v14H6zM14 3v4h4M9 13l2 2 4-4',
  bench: 'M4 20h16M6 20V9h12v11M9 9V4h6v5M9 14h6',
  settings: 'M4 6h10M18 6h2M4 12h2M10 12h10M4 18h8M16 18h4M16 4v4M8 10v4M14 16v4',
  down: 'M6 9l6 6 6-6',
  right: 'M9 5l7 7-7 7',
  left: 'M15 5l-7 7 7 7',
  check: 'M5 13l4.500 4.500L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500L20 20',
  plug: 'M9 3v5M15 3v5M6 8h12v4a6 6 0 0 1-12 0zM12 18v3',
  bin: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
} as const;

type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
