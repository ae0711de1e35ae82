"""The one real story, word for word: Báo Giáo dục và Thời đại on the training conference.

It names no day, photographer or recipient: those are invented outside the story.
"""

from newsroom.demo.writing import Pic

TITLE = "Đắk Lắk: chú trọng nâng cao công tác truyền thông ngành GD&ĐT"
SOURCE_MARK = "GD&TĐ"
LEAD = "Sở GD&ĐT Đắk Lắk vừa tổ chức Hội nghị tập huấn công tác truyền thông ngành GD&ĐT năm học 2017-2018."
AWARDED = "Các tập thể và cá nhân nhận giấy khen của Sở GD&ĐT về công tác truyền thông"
WHOLE_ROOM = "Toàn cảnh hội nghị"
BODY: tuple[str | Pic, ...] = (
    Pic("trao-giay-khen", AWARDED),
    "Dự lễ khai mạc có bà Lê Thị Thanh Xuân, Chủ tịch Công đoàn ngành GD&ĐT Đắk Lắk - Phó Giám đốc Sở "
    "GD&ĐT; lãnh đạo các phòng chuyên môn thuộc Sở; đại diện Sở Thông tin và Truyền thông, Ban Tuyên giáo "
    "Tỉnh ủy và gần 200 cán bộ lãnh đạo, chuyên viên, giáo viên làm công tác truyền thông thuộc các phòng "
    "GD&ĐT, trường THPT, Trung tâm GDNN-GDTX, trường PTDTNT THCS huyện, thị xã, thành phố.",
    "Theo báo cáo của Sở GD&ĐT, công tác truyền thông ngành Giáo dục trong năm học vừa qua được chú trọng; "
    "thông tin về hoạt động dạy học, phong trào và các hoạt động khác được Ban truyền thông của Sở đưa "
    "tin nhanh chóng, kịp thời trên website, tạp chí của ngành và Báo Giáo dục và Thời đại.",
    "Bên cạnh đó, thông tin, hoạt động của cơ sở còn được liên tục cập nhật bởi đội ngũ cộng tác viên tích "
    "cực, nhiệt tình, tâm huyết từ các đơn vị trường học, phòng GD&ĐT…",
    Pic("toan-canh-hoi-nghi", WHOLE_ROOM),
    "Tại hội nghị, Phó Giám đốc Sở GD&ĐT Lê Thị Thanh Xuân đề nghị Ban truyền thông của Sở, đội ngũ làm "
    "công tác truyền thông ở các đơn vị, ngoài việc đánh giá kết quả hoạt động trong thời gia qua, cần "
    "chia sẻ kinh nghiệm, thẳng thắn trao đổi những khó khăn, vướng mắc để tìm ra giải pháp tích cực, kinh "
    "nghiệm hay nhằm thực hiện tốt nhiệm vụ công tác trong năm học 2017-2018 và những năm tiếp theo.",
    "Trong đó, tập trung cập nhật thông tin về hoạt động của ngành GD&ĐT trên các phương tiện truyền thông "
    "chính xác, kịp thời; cập nhật thông tin và tuyên dương gương giáo viên, học sinh có thành tích xuất "
    "sắc, việc làm hay trong phong trào thi đua đổi mới, sáng tạo trong dạy và học ở các cơ sở giáo dục.",
    "Đồng thời, cập nhật các hệ thống văn bản trong lĩnh vực GD&ĐT lên trang thông tin của ngành. Đội ngũ "
    "làm công tác truyền thông ở đơn vị cần chủ động trong học tập, nâng cao năng lực viết bài, đưa tin "
    "hoạt động của ngành lên website của đơn vị, của ngành một cách kịp thời.",
    "Cũng tại hội nghị này, Sở GD&ĐT đã trao giấy khen và phần thưởng cho 2 tập thể và 5 cá nhân có nhiều "
    "thành tích trong công tác truyền thông năm 2017.",
)

# The item recommended on the story's page: its title and lead are real, its text is not given there.
SPARKLING_TITLE = "Tỏa sáng tài năng học sinh Chu Văn An"
SPARKLING_LEAD = (
    "Trong hai tháng thi đua chào mừng ngày Nhà giáo Việt Nam, học sinh Trường THPT Chu Văn An đã tổ chức "
    "sự kiện Sparkling Chu Văn An 2024."
)
