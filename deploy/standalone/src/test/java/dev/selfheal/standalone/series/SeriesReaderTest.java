package dev.selfheal.standalone.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.standalone.series.SeriesReader.Row;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesReaderTest {

    @ParameterizedTest
    @CsvSource({
        "2014-02-14 14:27:00, 2014-02-14T14:27:00Z",
        "2014-02-14 14:27:00.250, 2014-02-14T14:27:00.250Z",
        "2014-02-14 14:27, 2014-02-14T14:27:00Z",
        "2014-02-14T14:27:00Z, 2014-02-14T14:27:00Z",
        "2014-02-14T14:27:00.5+02:00, 2014-02-14T12:27:00.500Z",
        "2014-02-14 14:27:00 +0200, 2014-02-14T12:27:00Z",
        "2014-02-14, 2014-02-14T00:00:00Z",
        "2014-02-14 14:27:00 UTC, 2014-02-14T14:27:00Z",
        "2014-02-14 14:27:00.25+00, 2014-02-14T14:27:00.250Z",
        "2014/02/14 14:27:00, 2014-02-14T14:27:00Z",
        "02/14/2014 14:27, 2014-02-14T14:27:00Z",
        "2/4/2014 4:27:30, 2014-02-04T04:27:30Z",
        "1392388020, 2014-02-14T14:27:00Z",
        "1392388020.5, 2014-02-14T14:27:00.500Z",
        "1392388020000, 2014-02-14T14:27:00Z",
        "1392388020000000, 2014-02-14T14:27:00Z",
    })
    void shouldReadTimestampsAsPeopleWriteThem(String text, Instant instant) throws IOException {
        assertThat(rows(text + ",1")).containsExactly(new Row(text, instant.toEpochMilli(), 1));
    }

    @Test
    void shouldReadTimestampsOfSeveralKindsInOneFile() throws IOException {
        assertThat(rows("2014-02-14,1\n1392336000,2\n02/14/2014 00:00,3\n2014-02-14 00:00:00,4"))
                .extracting(Row::at)
                .containsOnly(1_392_336_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "nan", "-nan", "NA", "<NA>", "null", " ", "inf", "-Infinity", "1e999"})
    void shouldTakeItForMissingWhenThereIsNoValue(String value) throws IOException {
        assertThat(rows("0," + value)).extracting(Row::value).containsExactly(Double.NaN);
    }

    @Test
    void shouldTellAHeaderFromRows() throws IOException {
        assertThat(rows("timestamp,value\n0,1")).hasSize(1);
        assertThat(rows("0,1\n60,2")).hasSize(2);
        assertThat(rows("Zeit,Wert\n0,1")).hasSize(1);
    }

    @Test
    void shouldFindTheColumnsAHeaderNames() throws IOException {
        assertThat(rows("id,Value,label,\"TIMESTAMP\"\n7,1.5,x,60")).containsExactly(new Row("60", 60_000, 1.5));
    }

    @Test
    void shouldReadByteOrderMarkQuotesCarriageReturnsAndFurtherColumns() throws IOException {
        String text = "\uFEFF\"timestamp\",\"value\"\r\n\"0\",\"-1.5e3\",\"a, \"\"b\"\"\nc\"\r\n\r\n60, 2 ,x\r\n";

        assertThat(rows(text)).containsExactly(new Row("\"0\"", 0, -1500), new Row("60", 60_000, 2));
    }

    @Test
    void shouldFindNothingInAnEmptyFile() throws IOException {
        assertThat(rows("")).isEmpty();
        assertThat(rows("timestamp,value\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1;yesterday,2|f.csv:2: 'yesterday' is no timestamp",
                "0,1;60,two|f.csv:2: 'two' is no number",
                "0,1;60|f.csv:2: has 1 column(s), at least 2 are needed",
                "0,1;;60,0x1p3|f.csv:3: '0x1p3' is no number",
                "0,1;60,2f|f.csv:2: '2f' is no number",
                "0,1;60,2,\"open|f.csv:2: a quoted field is not closed",
                "yesterday,2|f.csv:1: 'yesterday' is no timestamp",
            })
    void shouldNameFileAndLineOfAMalformedRow(String text, String message) {
        assertThatThrownBy(() -> rows(text.replace(';', '\n')))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageStartingWith(message);
    }

    private static List<Row> rows(String text) throws IOException {
        SeriesReader reader = new SeriesReader(new StringReader(text), "f.csv");
        List<Row> rows = new ArrayList<>();
        for (Optional<Row> row = reader.next(); row.isPresent(); row = reader.next()) {
            rows.add(row.get());
        }
        return rows;
    }
}
