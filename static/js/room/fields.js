// What can be saved, whatever it is typed or drawn in: {value, readOnly, focus(), onInput(heard), settle(), describe()}.

// A plain text area: the sheet, and any text until its editor is there.
export class Field {
  constructor(area) {
    this.area = area;
  }

  get value() {
    return this.area.value;
  }

  set value(text) {
    this.area.value = text;
    // Whoever shows this text in another form hears of it as of typing.
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  get readOnly() {
    return this.area.readOnly;
  }

  set readOnly(is) {
    this.area.readOnly = is;
  }

  // What the server sent; somebody may have typed since, before there was any script.
  get sent() {
    return this.area.defaultValue;
  }

  focus() {
    this.area.focus({ preventScroll: true });
  }

  onInput(heard) {
    this.area.addEventListener("input", heard);
  }

  // Takes in what was done a moment ago and not told yet.
  settle() {}

  // A version as it is shown to whoever has to choose between two.
  async describe(text) {
    return text;
  }
}
