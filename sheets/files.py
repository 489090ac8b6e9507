"""Any file that a team may send, by what is in it and not by its name."""

from planning.errors import UnreadableFile
from planning.files import Choose, Table, first_sheet
from sheets.archives import is_workbook
from sheets.csv_files import MAX_BYTES, CsvFiles
from sheets.workbook_reader import read_workbook


class SpreadsheetFiles(CsvFiles):
    """Reads workbooks and CSV files, and writes CSV. Implements `planning.files.TableReader` and `TableWriter`."""

    def read(self, filename: str, content: bytes, choose: Choose = first_sheet) -> Table:
        """The table in the file. Raises `UnreadableFile`."""
        if len(content) > MAX_BYTES:
            raise UnreadableFile("too_large", str(MAX_BYTES // 2**20))
        if is_workbook(content):
            return read_workbook(content, choose)
        return super().read(filename, content, choose)
