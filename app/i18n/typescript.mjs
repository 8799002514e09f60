// Prints, as JSON, the strings that TypeScript files pass to t() and tn(); fails where one is not a literal.
import { readFileSync } from "node:fs";
import ts from "typescript";

const WANTED = { t: 1, tn: 2 }; // how many of the first arguments are strings to translate
const found = [];
const unreadable = [];

for (const file of process.argv.slice(2)) {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, kind);
  visit(source, source, file);
}

if (unreadable.length > 0) {
  console.error(unreadable.join("\n"));
  process.exit(1);
}
console.log(JSON.stringify(found));

function visit(node, source, file) {
  if (ts.isCallExpression(node)) {
    const count = WANTED[nameOf(node.expression)];
    if (count !== undefined) {
      collect(node, count, source, file);
    }
  }
  ts.forEachChild(node, (child) => visit(child, source, file));
}

function nameOf(expression) {
  return ts.isIdentifier(expression) ? expression.text : "";
}

function collect(call, count, source, file) {
  const literals = call.arguments.slice(0, count);
  if (literals.length < count || !literals.every(ts.isStringLiteralLike)) {
    const { line } = source.getLineAndCharacterOfPosition(call.getStart());
    unreadable.push(`${file}:${line + 1}: ${call.getText()} needs literal strings, so that they can be collected`);
    return;
  }
  const [msgid, plural] = literals.map((literal) => literal.text);
  found.push(plural === undefined ? { msgid, file } : { msgid, plural, file });
}
