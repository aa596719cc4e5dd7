// SPDX-License-Identifier: Apache-2.0
// Statements as PDF, set by typst in this process. The fonts are those that typst brings along, and nothing is fetched.
// One compiler is kept: the first document takes about a tenth of a second, each further one a few milliseconds.

import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { IssuedStatement } from './issued-statement.ts';
import { printed } from './printed.ts';
import { statementTemplate } from './statement-template.ts';

export interface PdfPrinter {
  /** The PDF of a statement. A template that does not compile is our own mistake and thrown. */
  statement(issued: IssuedStatement): Buffer;
}

/** How many documents later typst forgets what it kept of one. */
const keptDocuments = 10;

export function pdfPrinter(): PdfPrinter {
  const compiler = NodeCompiler.create();
  return {
    statement(issued) {
      const inputs = { data: JSON.stringify(printed(issued)) };
      const result = compiler.compile({ mainFileContent: statementTemplate, inputs });
      const document = result.result;
      if (document === null)
        throw new Error(
          `The statement cannot be set: ${JSON.stringify(result.takeDiagnostics()?.shortDiagnostics)}`,
        );
      const pdf = compiler.pdf(document, { creationTimestamp: secondsOf(issued.issuedOn) });
      compiler.evictCache(keptDocuments);
      return pdf;
    },
  };
}

/** The moment that the PDF says it was made: the day of issue, so that the same statement gives the same document. */
function secondsOf(isoDay: string): number {
  return Date.parse(`${isoDay}T00:00:00Z`) / 1000;
}
