"""Which lines are stamps of state secrecy, and which only speak of secrets: a row for each way of writing."""

import time
import unicodedata

import pytest

from directives.readers.stamps import bears_stamp, is_stamped

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
HEAD = f"ỦY BAN NHÂN DÂN   {STATE}\nTỈNH A            Độc lập - Tự do - Hạnh phúc\n"
NUMBERED = f"{HEAD}Số: 12/BC-UBND   A, ngày 03 tháng 4 năm 2020\n"
BODY = "Sở Công Thương chủ trì, phối hợp với các sở, ngành rà soát, báo cáo Ủy ban nhân dân tỉnh. " * 3 + "\n"
LONG = NUMBERED + "BÁO CÁO\n" + BODY * 60
ANNEX = LONG + "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"

STAMPS = {
    "above the head": f"MẬT\n{HEAD}",
    "in a column of the head": f"{HEAD}Số: 12/BC-UBND      TỐI MẬT\n",
    "in a column, two spaces apart": f"{HEAD}Số: 12/BC-UBND  TỐI MẬT\n",
    "behind a tab": f"{HEAD}Số: 12/BC-UBND\tMẬT\n",
    "in front of the state's name": f"TUYỆT MẬT     {STATE}\nĐộc lập",
    "in a cell of the head": f"UBND TỈNH A | {STATE}\nMẬT | Độc lập - Tự do - Hạnh phúc\n",
    "alone in a row of the head": f"UBND TỈNH A | {STATE}\nTỐI MẬT |\n",
    "under the head": f"{NUMBERED}TUYỆT MẬT\nBÁO CÁO",
    "set with spaces": f"{HEAD}M Ậ T\nBÁO CÁO",
    "set with wide spaces": f"{HEAD}T Ố I   M Ậ T\nBÁO CÁO".replace("T Ố I", "TỐI"),
    "in brackets, spaced": f"{HEAD}[ M Ậ T ]\nBÁO CÁO",
    "between dashes": f"{HEAD}- MẬT -\nBÁO CÁO",
    "between stars": f"{HEAD}*** TUYỆT MẬT ***\nBÁO CÁO",
    "in small letters, as a level": f"{HEAD}Độ mật: Mật\nBÁO CÁO",
    "a level named otherwise": f"{HEAD}Mức độ mật: Tối mật\nBÁO CÁO",
    "a stamp named": f"{HEAD}Dấu độ mật: TUYỆT MẬT\nBÁO CÁO",
    "one word in a head": f"{HEAD}Tối mật\nBÁO CÁO",
    "beside the title": f"{NUMBERED}BÁO CÁO      MẬT\nVề việc X",
    "behind the title": f"{NUMBERED}BÁO CÁO (Mật)\nVề việc X",
    "in brackets before the title": f"[Tối mật] Kế hoạch diễn tập\n{HEAD}",
    "one line with the kind": f"{HEAD}CÔNG ĐIỆN MẬT\n",
    "a kind in small letters": f"{HEAD}Báo cáo tối mật\n",
    "with urgency": f"{HEAD}MẬT - HỎA TỐC\n",
    "urgency first": f"{HEAD}Thượng khẩn - Mật\n",
    "with the number of the copy": f"{HEAD}TUYỆT MẬT - Bản số: 03\n",
    "and an urgency under it": f"{HEAD}MẬT\nĐỘ KHẨN: HỎA TỐC\n",
    "number ending in -M": f"{HEAD}Số: 12/BC-BCH-M\nBÁO CÁO",
    "number with M before the slash": f"{HEAD}Số: 12-M/BC-UBND\nBÁO CÁO",
    "number with TM before the slash": f"{HEAD}Số: 12-TM/KH-UBND\nKẾ HOẠCH",
    "number with M behind the slash": f"{HEAD}Số: 12/M-UBND\nBÁO CÁO",
    "level behind the number": f"{HEAD}Số: 12/BC-UBND (Mật)\nBÁO CÁO",
    "letter behind the number": f"{HEAD}Số: 15/BC-UBND(M)   A, ngày 03 tháng 4 năm 2020",
    "letters behind the number": f"{HEAD}Số: 15/BC-UBND (TM)\nBÁO CÁO",
    "number without a count yet": f"{HEAD}Số:     /BC-UBND(M)\nBÁO CÁO",
    "number without its word": f"{HEAD}15/BC-UBND(M)\nBÁO CÁO",
    "number without marks": "UBND TINH A\nSo: 15/BC-UBND(M)\nBAO CAO",
    "without marks": "UBND TINH A\nMAT\nBAO CAO",
    "higher, without marks": "UBND TINH A\nTOI MAT\nBAO CAO",
    "highest, without marks": "UBND TINH A     TUYET MAT\nBAO CAO",
    "a kind without marks": "UBND TINH A\nCONG VAN MAT\n",
    "as a scanner reads it": f"{HEAD}MÂT\nBÁO CÁO",
    "higher, as a scanner reads it": f"{HEAD}TÔI MẠT\nBÁO CÁO",
    "far from the head, alone": f"{LONG}MẬT\n{BODY}",
    "far from the head, spaced": f"{LONG}( M Ậ T )\n{BODY}",
    "far down, higher, as scanned": f"{LONG}TUYÊT MẬT\n{BODY}",
    "on an annex": f"{ANNEX}PHỤ LỤC\nTUYỆT MẬT\n{BODY}",
    "on an annex, in small letters": f"{ANNEX}PHỤ LỤC 02\nDANH SÁCH\nMật\n{BODY}",
    "above an annex": f"{ANNEX}Độ mật: Tối mật\nPHỤ LỤC I\n{BODY}",
    "beside an annex's title": f"{ANNEX}PHỤ LỤC 02 (Mật)\n{BODY}",
    "annex to a secret document": f"{ANNEX}PHỤ LỤC\n(Kèm theo Báo cáo số 15/BC-UBND(M) ngày 03/4)\n{BODY}",
    "subject of a mail": "From: a@example.vn\nSubject: MẬT - Kế hoạch X\nTo: b@example.vn\n\nKính gửi",
    "subject of a mail, in brackets": "From: a@example.vn\nChủ đề: [Mật] Kế hoạch X\n\nKính gửi",
    "columns run together": "ỦY BAN NHÂN DÂN\nTỈNH A TỐI MẬT\nSố: 12/BC-UBND",
    "run together behind the number": f"{HEAD}Số: 12/BC-UBND MẬT\nBÁO CÁO",
    "run together before the state's name": f"MẬT {STATE}\nUBND TỈNH A",
    "behind a long first line": f"{'Địa chỉ nhận: ' + 'x' * 200}\n{HEAD}Mật\nBÁO CÁO",
    "higher, set apart": f"{HEAD}T Ố I  M Ậ T\nBÁO CÁO",
    "higher, set apart evenly": f"{HEAD}T Ố I M Ậ T\nBÁO CÁO",
    "highest, set apart": f"{HEAD}T U Y Ệ T M Ậ T\nBÁO CÁO",
    "far down, highest, set apart": f"{LONG}T U Y Ệ T  M Ậ T\n{BODY}",
    "with dashes": f"{HEAD}M-Ậ-T\nBÁO CÁO",
    "written as one word": f"{LONG}TỐIMẬT\n{BODY}",
    "with a stroke": f"{HEAD}TỐI/MẬT\nBÁO CÁO",
    "not to be spread": f"{HEAD}TÀI LIỆU MẬT - KHÔNG PHỔ BIẾN\n",
    "a degree": f"{HEAD}Mức độ: Mật\nBÁO CÁO",
    "a state secret of a level": f"{HEAD}BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT\nBÁO CÁO",
    "a paper of a level": f"{HEAD}Tài liệu thuộc bí mật nhà nước, độ Mật\nBÁO CÁO",
    "number ending in the word": f"{HEAD}Số: 77/TB-UBND-MẬT\nTHÔNG BÁO",
    "number ending in a spaced M": f"{HEAD}Số: 77/TB-UBND - M\nTHÔNG BÁO",
    "number with the word before the slash": f"{HEAD}Số: 15-MẬT/BC-UBND\nBÁO CÁO",
    "number of a report ending in TM": f"{HEAD}Số: 15/BC-UBND-TM\nBÁO CÁO",
    "with marks apart": unicodedata.normalize("NFC", unicodedata.normalize("NFD", f"{HEAD}TỐI MẬT\n")),
}

NO_STAMPS = {
    "security of data": f"{HEAD}V/v tăng cường bảo mật thông tin\n",
    "a title about secrets": f"{HEAD}QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC\n",
    "that title in two lines": f"{HEAD}QUY CHẾ BẢO VỆ BÍ\nMẬT NHÀ NƯỚC\n",
    "that title before its last word": f"{HEAD}QUY CHẾ BẢO VỆ BÍ\nMẬT",
    "that title far down": f"{LONG}QUY CHẾ BẢO VỆ BÍ\nMẬT\n{BODY}",
    "a body that protects secrets": f"{HEAD}UBND TỈNH A BAN CHỈ ĐẠO BẢO VỆ BÍ MẬT\n",
    "a level ends a title": f"{NUMBERED}DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ\nTỐI MẬT\n",
    "a title of levels": f"{NUMBERED}DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT VÀ TỐI MẬT\n",
    "«bảo / MẬT»": f"{HEAD}TĂNG CƯỜNG BẢO\nMẬT",
    "business secrets": f"{HEAD}bí mật kinh doanh\nBÁO CÁO",
    "BUSINESS SECRETS": f"{HEAD}BÍ MẬT KINH DOANH\nBÁO CÁO",
    "dear": f"{HEAD}thân mật\n",
    "a friendly meeting": f"{HEAD}GẶP MẶT THÂN MẬT\n",
    "«thân / MẬT»": f"{HEAD}BUỔI GẶP THÂN\nMẬT\n",
    "density": f"{HEAD}MẬT ĐỘ DÂN CƯ\n",
    "density of people": f"{HEAD}Mật độ dân số\n",
    "«MẬT / ĐỘ DÂN SỐ»": f"{HEAD}MẬT\nĐỘ DÂN SỐ\n",
    "density, a heading far down": f"{LONG}MẬT ĐỘ XÂY DỰNG\n{BODY}",
    "password": f"{HEAD}Mật khẩu: abc\n",
    "PASSWORD": f"{HEAD}MẬT KHẨU\n",
    "«MẬT / KHẨU»": f"{LONG}MẬT\nKHẨU HỆ THỐNG\n",
    "honey": f"{HEAD}MẬT ONG\n",
    "«MẬT / ONG»": f"{HEAD}SẢN PHẨM OCOP\nMẬT\nONG HƯƠNG SƠN\n",
    "honey alone, small": f"{HEAD}về việc hỗ trợ nghề làm đường, nấu\nmật\nmía",
    "code": f"{HEAD}MẬT MÃ DÂN SỰ\n",
    "close ties": f"{HEAD}quan hệ mật thiết\n",
    "gall": f"{HEAD}KHOA GAN - MẬT - TỤY\n",
    "no level": f"{HEAD}Độ mật: Thường\nBÁO CÁO",
    "a level not given": f"{HEAD}Độ mật:\nBÁO CÁO",
    "a form's box": f"{HEAD}Độ mật: ............\nBÁO CÁO",
    "column of a form": "STT | Tên văn bản | Độ mật\n1 | Kế hoạch | Mật\n2 | Báo cáo | Tối mật\n",
    "column in capitals": "STT | TÊN VĂN BẢN | ĐỘ MẬT\n1 | KẾ HOẠCH | MẬT\n2 | BÁO CÁO | TUYỆT MẬT\n",
    "two columns of figures": "Độ mật | Số lượng\nTUYỆT MẬT | 2\nTỐI MẬT | 5\nMẬT | 12\n",
    "figures on an annex": f"{ANNEX}PHỤ LỤC\nTT | Độ mật | Số lượng\n1 | MẬT | 12\n2 | TỐI MẬT | 3\n",
    "a list of levels": f"{HEAD}Độ mật gồm:\n- Tuyệt mật;\n- Tối mật;\n- Mật.\n",
    "a list with letters": f"{HEAD}a) Tuyệt mật;\nb) Tối mật;\nc) Mật.\n",
    "a numbered heading": f"{HEAD}1. Tối mật\n2. Mật\n",
    "a heading about stamps": f"{LONG}Điều 5. Dấu chỉ độ mật\n{BODY}",
    "levels in a sentence": f"{HEAD}Văn bản có độ Mật, Tối mật, Tuyệt mật phải quản lý ngoài hệ thống.\n",
    "a sentence in brackets": f"{HEAD}Không gửi văn bản mật (Mật, Tối mật, Tuyệt mật) qua thư điện tử\n",
    "number of a trade unit": f"{HEAD}Số: 12/UBND-TM\nBÁO CÁO",
    "number of a ministry's unit": f"{HEAD}Số: 12/UBND-KTM\nBÁO CÁO",
    "signed on behalf": f"{HEAD}Số: 12/TB-UBND\nTM. ỦY BAN NHÂN DÂN\n",
    "metres": f"{HEAD}Chiều dài: 12/35 (m)\nSố: 12/TB-UBND\n",
    "a cited number far down": f"{LONG}Căn cứ Công văn số 15/BC-UBND-M của UBND\n",
    "ground to be cleared": f"{HEAD}GIẢI PHÓNG MẶT BẰNG\n",
    "the same, broken": f"{HEAD}V/v GIẢI PHÓNG\nMẶT BẰNG\n",
    "the same, without marks": "UBND TINH A\nV/v GIAI PHONG\nMAT BANG",
    "the same, word by word": "UBND TINH A\nV/v GIAI PHONG\nMAT\nBANG",
    "the front": f"{HEAD}ỦY BAN MẶT TRẬN TỔ QUỐC\n",
    "the front, without marks": "UY BAN\nMAT TRAN TO QUOC\n",
    "«MAT» far down, without marks": f"{LONG}MAT\n{BODY}",
    "eyes": f"{HEAD}BỆNH VIỆN MẮT\nMẮT\n",
    "losses": f"{HEAD}TÔI MẤT\n",
    "secret voting": f"{HEAD}bầu cử, bỏ phiếu kín, bí mật\n",
    "secretly": f"{HEAD}TUYỆT ĐỐI BÍ MẬT\n",
    "levels are lifted, in two lines": f"{HEAD}QUYẾT ĐỊNH VỀ VIỆC GIẢI\nMẬT TÀI LIỆU\n",
    "number of a committee": f"{HEAD}Số: 12/KH-M&E\nKẾ HOẠCH",
    "a list of secrets set apart": f"{HEAD}B Ả O  V Ệ  B Í  M Ậ T\nBÁO CÁO",
    "a list of levels, broken": f"{NUMBERED}DANH MỤC\nBÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT\n",
    "another word in brackets": f"{HEAD}Rỉ đường (mật) làm thức ăn\n",
}


@pytest.mark.parametrize("text", STAMPS.values(), ids=STAMPS.keys())
def test_a_level_of_secrecy_is_seen_where_offices_put_it(text: str) -> None:
    """Stamps and numbers count in the head, beside the title, on annexes, and alone on any line."""
    assert bears_stamp(text)


@pytest.mark.parametrize("text", NO_STAMPS.values(), ids=NO_STAMPS.keys())
def test_words_about_secrets_are_no_stamp(text: str) -> None:
    """Protection of secrets, passwords, density, honey and tables of levels are ordinary words."""
    assert not bears_stamp(text)


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("Mật", True),
        ("TỐI MẬT", True),
        ("MẬT - Trang 3/5", True),
        ("Trang 3 - MẬT", True),
        ("Tuyệt mật    2", True),
        ("TUYET MAT", True),
        ("Số: 15/BC-UBND(M)", True),
        ("Kế hoạch diễn tập (Mật)", True),
        ("MẬT MẬT MẬT", True),
        ("Bảo mật", False),
        ("Ban Bảo vệ bí mật nhà nước", False),
        ("Mật độ dân số", False),
        ("Trang 3", False),
        ("MẶT TRẬN TỔ QUỐC", False),
    ],
)
def test_a_running_line_is_looked_at_by_itself(line: str, *, secret: bool) -> None:
    """Running heads and feet, text boxes and a file's own title are lines without neighbours."""
    assert secret == is_stamped(line)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("MẬT " * 500_000, id="one line of stamps"),
        pytest.param("BÍ\nMẬT\n" * 200_000, id="broken titles"),
        pytest.param("PHỤ LỤC\nmật\n" * 100_000, id="annexes"),
        pytest.param("-\n" * 900_000 + "mật", id="lines of dashes"),
        pytest.param("-" * 1_900_000 + "mật", id="one line of dashes"),
        pytest.param("Số: 1/" * 300_000 + "mật", id="numbers"),
        pytest.param("Kèm theo số 1/" * 120_000 + "(M", id="enclosures"),
    ],
)
@pytest.mark.slow
def test_no_text_makes_the_search_slow(text: str) -> None:
    """Two million characters are searched in a few seconds at the worst."""
    begun = time.process_time()
    bears_stamp(text)

    assert time.process_time() - begun < 8
