// A click on the head of a column sorts the rows by it, numbers by their value; a second one turns the order round.
for (const head of document.querySelectorAll("thead th")) {
    head.firstChild.addEventListener("click", () => {
        const ascending = head.getAttribute("aria-sort") !== "ascending";
        for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        const body = head.closest("table").tBodies[0], column = head.cellIndex;
        // A number that is shown with fewer digits than it has is sorted by all of them.
        const key = row => { const cell = row.cells[column]; return (cell.firstChild?.value ?? cell.textContent).trim(); };
        const compare = (a, b) => {
            const x = parseFloat(key(a)), y = parseFloat(key(b));
            if (!isNaN(x) && !isNaN(y) && x !== y) return x - y;
            if (isNaN(x) !== isNaN(y)) return isNaN(x) ? 1 : -1;
            return key(a).localeCompare(key(b));
        };
        body.append(...[...body.rows].sort((a, b) => ascending ? compare(a, b) : compare(b, a)));
    });
}

// A click on a figure shows it as large as the window, and at its full size at least.
const dialog = document.querySelector("dialog"), large = dialog.querySelector("img");
for (const button of document.querySelectorAll(".enlarge")) {
    button.addEventListener("click", () => {
        const image = button.querySelector("img");
        large.src = image.currentSrc;
        large.alt = image.alt;
        large.style.setProperty("--natural", image.getAttribute("width") + "px");
        dialog.showModal();
    });
}
for (const end of [large, dialog.querySelector(".close")]) end.addEventListener("click", () => dialog.close());

// What is folded away is printed all the same.
addEventListener("beforeprint", () => { for (const folded of document.querySelectorAll("details")) folded.open = true; });
