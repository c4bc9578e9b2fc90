// A table of answers: rows are added and taken out on the page, a piece of a spreadsheet can be pasted, and the whole is
// kept as lines of cells between tabs in one hidden text control, which is saved as any answer is.

const TAB = "\t";

class Table {
  constructor(root) {
    this.text = root.querySelector("[data-table-text]");
    this.body = root.querySelector("tbody");
    this.most = Number(root.dataset.table);
    this.more = root.querySelector("button[name=more]");
    root.addEventListener("click", (event) => this.press(event));
    root.addEventListener("paste", (event) => this.paste(event));
    this.body.addEventListener("input", () => this.tell("input"));
    this.body.addEventListener("change", () => this.tell("change"));
    this.text.addEventListener("input", () => this.isTelling || this.draw());
    // What the browser kept of an earlier page may stand in the text already.
    if (this.text.value !== this.text.defaultValue) this.draw();
  }

  get rows() {
    return [...this.body.rows];
  }

  cells(row) {
    return [...row.querySelectorAll("input")];
  }

  get values() {
    return this.rows.map((row) => this.cells(row).map((cell) => cell.value.replaceAll(TAB, " ")));
  }

  tell(kind) {
    this.text.value = this.values.filter((row) => row.some((cell) => cell.trim())).map((row) => row.join(TAB)).join("\n");
    this.isTelling = true;
    this.text.dispatchEvent(new Event(kind, { bubbles: true }));
    this.isTelling = false;
  }

  draw() {
    this.fill(this.text.value.split("\n").map((line) => line.split(TAB)));
  }

  // Rows keep their numbers; only what stands in them moves.
  fill(values) {
    while (this.rows.length < Math.min(values.length, this.most)) this.add();
    this.rows.forEach((row, place) => this.cells(row).forEach((cell, at) => (cell.value = values[place]?.[at] ?? "")));
  }

  add() {
    const last = this.rows.at(-1);
    const row = last.cloneNode(true);
    const [from, to] = [this.rows.length, this.rows.length + 1];
    const width = this.cells(row).length;
    row.querySelector("th").textContent = to;
    for (const cell of this.cells(row)) {
      cell.value = "";
      cell.name = cell.name.replace(`.${from - 1}.`, `.${from}.`);
      cell.id = cell.id.replace(/\d+$/, (number) => Number(number) + width);
      cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(new RegExp(`${from}(?!.*${from})`), to));
    }
    const button = row.querySelector("button");
    button.value = button.value.replace(/\d+$/, from);
    button.querySelector("span").textContent = button.querySelector("span").textContent.replace(from, to);
    this.body.append(row);
    if (this.more) this.more.hidden = this.rows.length >= this.most;
    return row;
  }

  press(event) {
    const button = event.target.closest("button");
    if (button?.name === "more") {
      event.preventDefault();
      this.cells(this.add())[0].focus();
    } else if (button?.name === "drop") {
      event.preventDefault();
      const place = this.rows.indexOf(button.closest("tr"));
      this.fill(this.values.toSpliced(place, 1));
      this.tell("change");
      this.cells(this.rows[place])[0].focus();
    }
  }

  paste(event) {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!event.target.matches("input") || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const values = this.values;
    const top = this.rows.indexOf(event.target.closest("tr"));
    const start = this.cells(this.rows[top]).indexOf(event.target);
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => {
      values[top + down] ??= [];
      line.split(TAB).forEach((cell, right) => (values[top + down][start + right] = cell.trim()));
    });
    this.fill(values);
    this.tell("change");
  }
}

document.querySelectorAll("[data-table]").forEach((root) => new Table(root));
