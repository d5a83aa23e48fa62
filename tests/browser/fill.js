// Fills what is empty in a form by its kind, as somebody would who has nothing in mind; gives the names of what a browser would
// still not send.
(form) => {
  const words = { email: "warga@example.org", tel: "081234567890", search: "a", password: "ladang-melon-kabut-singkong" };
  const told = (field) => field.dispatchEvent(new Event("input", { bubbles: true })) && field.dispatchEvent(new Event("change", { bubbles: true }));
  for (const field of form.elements) {
    if (!field.name || field.disabled || ["hidden", "submit", "button", "file", "fieldset"].includes(field.type)) continue;
    if (field.type === "radio") {
      const group = [...form.elements].filter((other) => other.name === field.name);
      if (!group.some((other) => other.checked)) field.checked = true;
    } else if (field.type === "checkbox") {
      if (field.required) field.checked = true;
    } else if (field.tagName === "SELECT") {
      const first = [...field.options].find((option) => option.value);
      if (!field.value && field.required && first) field.value = first.value;
    } else if (!field.value) {
      if (field.type === "date") field.value = new Date().toISOString().slice(0, 10);
      else if (field.type === "time") field.value = "07:00";
      else if (field.dataset.numeral) field.value = field.dataset.min || "1";
      else field.value = words[field.type] ?? (field.tagName === "TEXTAREA" ? "Sudah dilihat di tempat." : "Percobaan");
    }
    told(field);
  }
  return [...form.elements].filter((field) => !field.checkValidity()).map((field) => `${field.name}: ${field.validationMessage}`).join("; ");
};
