// Makes the answer of a review pack: a small text that is downloaded and shown to copy. Sends nothing anywhere.
"use strict";

const form = document.getElementById("answer");
const problem = document.getElementById("problem");
const result = document.getElementById("result");
const text = document.getElementById("text");
const copied = document.getElementById("copied");
const PIECE = 48;

// CRC-32 as in ISO 3309: what a mail program did to the text is found out when it is read.
function check(words) {
  let sum = 0xffffffff;
  for (const byte of new TextEncoder().encode(words)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

// Control characters, and halves of characters, which no text may hold.
function clean(words) {
  const whole = words.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
  return whole.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
}

// Only what every mail program leaves alone stands for itself: all else is written as its number.
function quoted(words) {
  let made = "";
  for (let n = 0; n < words.length; n += 1) {
    const letter = words[n];
    const inner = letter === " " && n > 0 && n < words.length - 1 && words[n - 1] !== " ";
    const end = letter === "." && (n === words.length - 1 || words[n + 1] === " ");
    const plain = /[A-Za-z0-9,;!?()_-]/.test(letter) || inner || end;
    made += plain ? letter : "\\u" + letter.charCodeAt(0).toString(16).padStart(4, "0");
  }
  return '"' + made + '"';
}

// Short pieces, none longer than a line of a mail.
function pieces(words) {
  const found = [];
  let piece = "";
  for (const letter of words) {
    if (piece && quoted(piece + letter).length > PIECE) {
      found.push(quoted(piece));
      piece = "";
    }
    piece += letter;
  }
  if (piece) found.push(quoted(piece));
  return found.length ? "[\n    " + found.join(",\n    ") + "\n  ]" : "[]";
}

function refuse(words, field) {
  problem.textContent = words;
  result.hidden = true;
  field.focus();
}

function made(choice, comment, name) {
  const about = form.dataset;
  const when = new Date().toISOString().slice(0, 19) + "Z";
  const sum = check([about.roadmap, about.checkpoint, about.seen, about.head, about.picture, choice, comment, name, when].join("\n"));
  const lines = [
    '"format": "roadmapper-answer"',
    '"version": 1',
    '"roadmap": ' + pieces(about.roadmap),
    '"checkpoint": ' + pieces(about.checkpoint),
    '"seen": ' + about.seen,
    '"head": ' + pieces(about.head),
    '"picture": ' + pieces(about.picture),
    '"answer": "' + choice + '"',
    '"comment": ' + pieces(comment),
    '"name": ' + pieces(name),
    '"when": "' + when + '"',
    '"check": "' + sum + '"',
  ];
  return "{\n  " + lines.join(",\n  ") + "\n}\n";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const choice = form.querySelector("input[name=choice]:checked");
  const comment = clean(form.elements.comment.value).trim();
  const name = clean(form.elements.who.value).replace(/\s+/g, " ").trim();
  const say = form.dataset;
  if (!choice) return refuse(say.noChoice, form.querySelector("input[name=choice]"));
  if (choice.value !== "approve" && !comment) return refuse(say.noComment, form.elements.comment);
  if (choice.value === "approve with changes" && comment.split("\n").some((line) => line.length > 1000)) {
    return refuse(say.longLine, form.elements.comment);
  }
  if (!name) return refuse(say.noName, form.elements.who);
  problem.textContent = "";
  text.value = made(choice.value, comment, name);
  result.hidden = false;
  copied.textContent = "";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text.value], { type: "application/json" }));
  link.download = say.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  result.focus();
});

// What was changed after the answer was made is not in it any more.
form.addEventListener("input", () => {
  result.hidden = true;
});

document.getElementById("copy").addEventListener("click", () => {
  text.focus();
  text.select();
  copied.textContent = document.execCommand("copy") ? copied.dataset.done : copied.dataset.failed;
});
