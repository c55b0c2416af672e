// A graph as the files in tests/boards have it.

export function asWritten({ parts, groups, links, problems, notes }) {
  const row = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
  const edges = links.flatMap(({ from, to, label, direction, isLater }) => {
    const edge = { ...row({ label, loose: direction === "none", later: isLater }) };
    return direction === "both"
      ? [
          { from, to, ...edge },
          { from: to, to: from, ...edge },
        ]
      : [{ from, to, ...edge }];
  });
  return {
    nodes: Object.fromEntries(parts.map(({ id, label, kind, group }) => [id, row({ label, kind, group })])),
    groups: Object.fromEntries(groups.map(({ id, label, group }) => [id, row({ label, group })])),
    edges,
    problems: problems.map(({ element, message, isGentle }) => row({ element, message, gentle: isGentle })),
    notes: notes.map(({ text }) => text),
  };
}
