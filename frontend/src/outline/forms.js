// What can be said of a part, a link or an area. A form stands above the list, takes the focus, and gives it back.

import { COMPONENTS, KINDS } from "../kinds.js";
import { kindOf } from "../graph/names.js";
import { BoardError } from "../scene.js";
import { make } from "./dom.js";
import { nameOf } from "./words.js";

let count = 0;

/** `fields` are [name, element, label]; `save` gets the form's data and throws a BoardError that says what is wrong. */
function form({ title, action, fields, save, cancel }) {
  const heading = `outline-form-${(count += 1)}`;
  const error = make("p", { class: "error", role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    // A page may hold the outline within a form of its own.
    event.stopPropagation();
    error.textContent = "";
    try {
      save(Object.fromEntries(new FormData(element)));
    } catch (reason) {
      if (!(reason instanceof BoardError)) throw reason;
      error.textContent = reason.message;
    }
  };
  const element = make(
    "form",
    {
      class: "outline-form",
      "aria-labelledby": heading,
      autocomplete: "off",
      novalidate: true,
      onsubmit: submit,
      onkeydown: (event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          cancel();
        } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
      },
    },
    make("h3", { id: heading }, title),
    ...fields.map((field) => labelled(...field)),
    error,
    make(
      "div",
      { class: "row" },
      make("button", { class: "btn small primary" }, action),
      make("button", { class: "btn small quiet", type: "button", onclick: cancel }, "Cancel"),
    ),
  );
  return element;
}

export function partForm({ part = null, areas, save, cancel }) {
  const name = input("label", part?.label ?? "");
  const first = make("option", { value: "" });
  const guess = () => {
    const kind = kindOf(name.value, "rectangle");
    first.textContent = kind ? `From its name: ${KINDS[kind]}` : "From its name";
  };
  name.addEventListener("input", guess);
  guess();
  const options = COMPONENTS.map(([key, word]) => make("option", { value: key }, word));
  const kinds = make("select", { class: "select", name: "kind" }, first, ...options);
  kinds.value = saidOf(part) ?? "";
  const fields = [
    ["Name", name],
    ["Kind", kinds],
  ];
  if (areas.length)
    fields.push([
      "In the area",
      choice(
        "area",
        [["", "none"], ...areas.map(({ id, label }) => [id, label || "area without a name"])],
        part?.group ?? "",
      ),
    ]);
  return form({
    title: part ? `Edit ${nameOf(part)}` : "New part",
    action: part ? "Change" : "Add",
    fields,
    save,
    cancel,
  });
}

/** The component that somebody has said a part is; `null` for none. */
export function saidOf(part) {
  return part?.variant || part?.saidKind || null;
}

export function areaForm({ area = null, save, cancel }) {
  const fields = [["Name", input("label", area?.label ?? "")]];
  return form({
    title: area ? `Edit ${nameOf(area)}` : "New area",
    action: area ? "Change" : "Add",
    fields,
    save,
    cancel,
  });
}

/** `ends` are the parts that a link may join, as [id, name]; `link` is there when it is changed. */
export function linkForm({ link = null, from = "", ends, save, cancel }) {
  const blank = ["", "choose a part"];
  const fields = [
    ["From", choice("from", [blank, ...ends], link?.from ?? from)],
    ["To", choice("to", [blank, ...ends], link?.to ?? "")],
    ["What goes along", input("label", link?.label ?? "")],
    [
      "Direction",
      choice(
        "direction",
        [
          ["forward", "one way"],
          ["both", "both ways"],
          ["none", "no direction"],
        ],
        link?.direction ?? "forward",
      ),
    ],
    [
      "Later: nobody waits for the answer",
      make("input", { type: "checkbox", name: "isLater", checked: Boolean(link?.isLater) }),
    ],
  ];
  return form({ title: link ? "Edit the link" : "New link", action: link ? "Change" : "Add", fields, save, cancel });
}

function input(name, value) {
  return make("input", { class: "input", name, value, maxlength: 120, spellcheck: "false" });
}

function choice(name, options, value) {
  const select = make(
    "select",
    { class: "select", name },
    ...options.map(([key, word]) => make("option", { value: key }, word)),
  );
  select.value = value;
  return select;
}

function labelled(label, element) {
  if (element.type === "checkbox") return make("label", { class: "check" }, element, ` ${label}`);
  return make("label", { class: "field" }, make("span", {}, label), element);
}

/** The two ends that were chosen in a form; throws what is wrong with them. */
export function chosenEnds({ from, to }) {
  if (!from || !to) throw new BoardError("Choose the two parts that the link joins.");
  if (from === to) throw new BoardError("A link joins two different parts.");
  return { from, to };
}
