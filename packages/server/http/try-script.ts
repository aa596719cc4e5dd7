// SPDX-License-Identifier: Apache-2.0
// The script of the page to try the API. It runs in the browser as it stands here; texts enter the page as text only,
// never as markup.

export const tryScript = `'use strict';
const key = document.getElementById('key');
const workspace = document.getElementById('workspace');
const operations = document.getElementById('operations');

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

function field(parameter) {
  const input = element('input', { 'data-in': parameter.in, 'data-name': parameter.name, autocomplete: 'off' });
  if (parameter.name === 'workspace') input.value = workspace.value;
  const note = [parameter.in, parameter.required ? 'required' : '', parameter.description || ''].filter(Boolean).join(', ');
  return element('label', {}, parameter.name + ' (' + note + ')', input);
}

function addressOf(path, fields) {
  let address = path;
  const query = new URLSearchParams();
  for (const input of fields) {
    const { in: place, name } = input.dataset;
    if (place === 'path') address = address.replace('{' + name + '}', encodeURIComponent(input.value));
    else if (place === 'query' && input.value !== '') query.set(name, input.value);
  }
  return query.size > 0 ? address + '?' + query : address;
}

async function call(method, path, form, type, result) {
  const headers = {};
  if (key.value !== '') headers.authorization = 'Bearer ' + key.value;
  const fields = [...form.querySelectorAll('input[data-in]')];
  for (const input of fields) if (input.dataset.in === 'header' && input.value !== '') headers[input.dataset.name] = input.value;
  const text = form.querySelector('textarea');
  if (text !== null) headers['content-type'] = type;
  result.textContent = 'Waiting.';
  try {
    const answer = await fetch(addressOf(path, fields), { method, headers, body: text === null ? undefined : text.value });
    const body = await answer.text();
    let shown = body;
    try { shown = JSON.stringify(JSON.parse(body), null, 2); } catch { }
    result.textContent = answer.status + ' ' + answer.statusText + '\\n\\n' + shown.slice(0, 100000);
  } catch (error) {
    result.textContent = String(error);
  }
}

function operationOf(method, path, operation) {
  const content = operation.requestBody ? operation.requestBody.content : {};
  const [type] = Object.keys(content);
  const form = element('form', {}, ...operation.parameters.map(field));
  if (type !== undefined) form.append(element('label', {}, 'Body (' + Object.keys(content).join(', ') + ')', element('textarea', {})));
  const result = element('pre', { 'aria-live': 'polite' });
  form.append(element('button', {}, 'Send'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    call(method.toUpperCase(), path, form, type, result);
  });
  const schemas = JSON.stringify({ body: content, answers: operation.responses }, null, 2);
  return element('details', {},
    element('summary', {}, element('span', { class: 'method' }, method.toUpperCase()), element('code', {}, path), ' ' + operation.summary),
    element('p', {}, operation.description || ''),
    form, result,
    element('details', {}, element('summary', {}, 'Schemas'), element('pre', {}, schemas)));
}

fetch('/api/v1/openapi.json').then((answer) => answer.json()).then((document_) => {
  operations.replaceChildren();
  for (const { name } of document_.tags) {
    const section = element('section', {}, element('h2', {}, name));
    for (const [path, methods] of Object.entries(document_.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.tags[0] === name) section.append(operationOf(method, path, operation));
      }
    }
    operations.append(section);
  }
});
`;
