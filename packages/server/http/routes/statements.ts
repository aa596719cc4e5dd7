// SPDX-License-Identifier: Apache-2.0
// Statements out: as data, as files, their versions, and issuing one.
import { downloadExtract } from '../../actions/download-extract.ts';
import { downloadStatement } from '../../actions/download-statement.ts';
import { issueStatement } from '../../actions/issue-statement.ts';
import { listStatements, listStatementVersions, readStatement } from '../../actions/read-statement.ts';
import * as wire from '../../wire/statements.ts';
import { fileOf } from '../file-answer.ts';
import { type Route, route } from '../route.ts';

export const statementRoutes: readonly Route[] = [
  route(wire.listStatements, ({ context, caller, query }) => listStatements(context, caller, query)),
  route(wire.readStatement, ({ context, caller, params, query }) =>
    readStatement(context, caller, { ...params, version: query.version }),
  ),
  route(wire.listStatementVersions, ({ context, caller, params }) =>
    listStatementVersions(context, caller, params),
  ),
  route(wire.issueStatement, ({ context, caller, params }) => issueStatement(context, caller, params)),
  route(wire.downloadExtract, async ({ context, caller, params, query }) =>
    fileOf(await downloadExtract(context, caller, { ...params, ...query })),
  ),
  route(wire.downloadStatement, async ({ context, caller, params }) =>
    fileOf(await downloadStatement(context, caller, params)),
  ),
];
