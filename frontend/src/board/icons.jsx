// One small sign for each part of the library, and for what moves the view.

const PATHS = {
  client: "M3 3.5h10v7H3zM6 13h4M8 10.5V13",
  load_balancer: "M2 8h4M6 8l5-4.5M6 8h5M6 8l5 4.5M11 3.5h2.5M11 8h2.5M11 12.5h2.5",
  gateway: "M3 13V6a5 5 0 0 1 10 0v7M6.5 13V8.5h3V13M2 13h12",
  service: "M3 4h10v8H3zM3 7h10",
  worker:
    "M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M12.2 3.8l-1.4 1.4M5.2 10.8l-1.4 1.4",
  database: "M3 4.5C3 3.4 5.2 2.5 8 2.5s5 .9 5 2v7c0 1.1-2.2 2-5 2s-5-.9-5-2zM3 4.5c0 1.1 2.2 2 5 2s5-.9 5-2",
  replica:
    "M2.5 4.5c0-.8 1.6-1.5 3.5-1.5s3.5.7 3.5 1.5v5c0 .8-1.6 1.5-3.5 1.5s-3.5-.7-3.5-1.5zM11.5 5.5c1.2.2 2 .8 2 1.400v5c0 .8-1.6 1.5-3.5 1.5-1.300 0-2.400-.3-3-.8",
  cache: "M9 2 4 9h3.5L7 14l5-7H8.5z",
  queue: "M2 5h12v6H2zM5 5v6M8 5v6M11 5v6",
  stream: "M2 5c2-2 4 2 6 0s4 2 6 0M2 8c2-2 4 2 6 0s4 2 6 0M2 11c2-2 4 2 6 0s4 2 6 0",
  object_store: "M2.5 4h11l-1.2 9H3.7zM2.5 4c0-.8 2.5-1.5 5.5-1.5s5.5.7 5.5 1.5",
  cdn: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM2.5 8h11M8 2.5c-4 3.5-4 7.5 0 11M8 2.5c4 3.5 4 7.5 0 11",
  search_index: "M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.5 3.5",
  coordinator: "M8 2.5v3M8 5.5 4 9M8 5.5 12 9M4 9v2.5M12 9v2.5M2.5 11.5h3v2h-3zM10.5 11.5h3v2h-3z",
  external: "M9 3h4v4M13 3 7.5 8.5M11.5 9v4H3V4.5h4",
};

const SIGNS = {
  nearer: "M8 3v10M3 8h10",
  farther: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 6h5v4h-5z",
};

export function PartIcon({ name }) {
  return <Drawn path={PATHS[name]} />;
}

export function Sign({ name }) {
  return <Drawn path={SIGNS[name]} />;
}

function Drawn({ path }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
