
"use strict";
{
  const form = document.getElementById("filter");
  if (form) {
    const search = form.querySelector("[type=search]");
    const boxes = [...form.querySelectorAll("[type=checkbox]")];
    const files = [...document.querySelectorAll(".file")].map(section => ({
      section,
      findings: [...section.querySelectorAll(".finding")].map(article => ({
        article,
        severity: article.dataset.severity,
        text: (section.firstElementChild.textContent + " " + article.textContent).toLowerCase(),
      })),
    }));
    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = new Set(boxes.filter(box => box.checked).map(box => box.value));
      let shown = 0;
      for (const file of files) {
        let left = 0;
        for (const finding of file.findings) {
          const fits = wanted.has(finding.severity) && words.every(word => finding.text.includes(word));
          finding.article.hidden = !fits;
          left += fits ? 1 : 0;
        }
        file.section.hidden = left === 0;
        shown += left;
      }
      document.getElementById("nothing").hidden = shown > 0;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());
  }
}
