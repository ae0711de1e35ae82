"""Let people in: invite them, let them choose a password anew, change the address of their mail.

No administrator ever knows a password, and none alone can get into a desk that somebody works at:
docs/decisions/0034.
"""

from collections.abc import Iterable
from enum import Enum

from django.db import transaction
from django.urls import reverse

from accounts.models import Purpose, Ticket, TwoAdminAct, TwoAdminRequest, User
from accounts.tickets import mail_tickets, print_tickets
from accounts.two_admins import ask, declare, release_tickets
from departments.access import administrators
from inbox.telling import send_tickets, tell

INVITED = (
    "Bạn có tài khoản “{username}” trong phòng biên tập. Mở đường dẫn dưới đây để tự chọn mật khẩu rồi vào "
    "làm việc. Đường dẫn dùng một lần, đến {until}; quá hạn thì nhờ quản trị viên gửi lại."
)
RESET = (
    "Có người xin đặt lại mật khẩu của tài khoản “{username}”. Nếu là bạn, mở đường dẫn dưới đây để chọn "
    "mật khẩu mới. Đường dẫn dùng một lần, đến {until}. Nếu không phải bạn, cứ bỏ qua thư này: mật khẩu cũ "
    "vẫn dùng được."
)
CONFIRM_EMAIL = (
    "Quản trị viên đề nghị đổi thư điện tử của tài khoản “{username}” sang một địa chỉ khác. Mở đường dẫn "
    "dưới đây để xem rồi đồng ý hay từ chối, đến {until}."
)


class Way(Enum):
    """How a printed code may be made for an account."""

    ALONE = "alone"  # by one administrator
    WITH_SECOND = "with_second"  # it works when another administrator has confirmed
    NEVER = "never"  # the reset goes to the account's own mail address only


def way_to_print(user: User) -> Way:
    """Return how a code may be printed for the account.

    Its role says nothing: the same administrator takes a role away and gives it back.
    """
    if not user.has_entered:
        return Way.ALONE
    return Way.NEVER if user.email else Way.WITH_SECOND


@transaction.atomic
def mail_links(users: Iterable[User], *, by: User) -> int:
    """Mail each account with an address a link to choose a password: an invitation, or a reset.

    Returns how many letters go out. The number of queries does not grow.
    """
    users = [user for user in users if user.email and user.is_active]
    new = [user for user in users if not user.has_entered]
    known = [user for user in users if user.has_entered]
    sent = send_tickets(mail_tickets(new, Purpose.INVITATION, by=by), "Lời mời vào phòng biên tập", INVITED)
    tickets = mail_tickets(known, Purpose.RESET, by=by)
    return sent + send_tickets(tickets, "Đặt lại mật khẩu", RESET)


@transaction.atomic
def print_code(user: User, *, by: User, reason: str = "") -> tuple[Ticket, str]:
    """Make a code for one account; returns it with its ticket. The code is stored nowhere.

    Whoever has entered before is told. Raises ValueError if no code may be printed for this account.
    """
    user = User.objects.select_for_update().get(pk=user.pk)  # nobody enters meanwhile
    way = way_to_print(user)
    if way is Way.NEVER:
        raise ValueError(f"{user} resets the password by mail")
    request = None
    if way is Way.WITH_SECOND:
        request = ask(TwoAdminAct.PRINTED_CODE, user, by=by, reason=reason)
        tell_administrators(request)
    if user.has_entered:
        words = f"{by} vừa in một mã để đặt lại mật khẩu tài khoản của bạn."
        words += " Mã chỉ dùng được khi một quản trị viên khác xác nhận." if request else ""
        tell_owner(user, "code_printed", "Mã đặt lại mật khẩu đã in", f"{words} Nếu bạn không nhờ, {CALL}")
    return print_tickets([user], by=by, request=request)[0]


def print_invitations(users: Iterable[User], *, by: User) -> list[tuple[Ticket, str]]:
    """Make codes for accounts that nobody has entered yet; the others are left out."""
    return print_tickets([user for user in users if user.is_active and not user.has_entered], by=by)


CALL = "hãy báo ngay quản trị viên khác của Sở."


@transaction.atomic
def ask_for_email(user: User, email: str, *, by: User, reason: str) -> TwoAdminRequest | None:
    """Change the mail address of an account, or ask for it; returns the request, None if it is changed.

    Who gets the mail resets the password: of an account that somebody uses, its owner confirms from the old
    address, or a second administrator does.
    """
    user = User.objects.select_for_update().get(pk=user.pk)  # nobody enters meanwhile
    if not user.has_entered:
        _change_email(user, email)
        return None
    request = ask(TwoAdminAct.NEW_EMAIL, user, by=by, reason=reason, email=email)
    if user.email:
        tickets = mail_tickets([user], Purpose.NEW_EMAIL, by=by, request=request)
        send_tickets(tickets, "Xác nhận đổi thư điện tử", CONFIRM_EMAIL)
    tell_administrators(request)
    return request


def tell_administrators(request: TwoAdminRequest) -> None:
    """Tell the other administrators that a request waits for one of them."""
    others = administrators().exclude(pk__in=(request.asked_by_id, request.about_id))
    tell(
        others,
        "two_admins",
        "Chờ bạn xác nhận",
        about=str(request),
        words=f"{request.asked_by} yêu cầu. Lý do: {request.reason}",
        address=reverse("admin:staff_requests"),
        urgent=True,
    )


def tell_password_chosen(user: User, *, is_first: bool) -> None:
    """Tell the owner of an account that its password was chosen, by mail too whatever they chose."""
    if is_first:
        heading, words = "Tài khoản đã mở", "Mật khẩu của tài khoản vừa được chọn lần đầu."
    else:
        heading = "Mật khẩu đã đổi"
        words = "Mật khẩu của tài khoản vừa được đổi; mọi nơi khác đang đăng nhập đã bị đăng xuất."
    tell_owner(user, "password_chosen", heading, f"{words} Nếu không phải bạn, {CALL}")


def tell_owner(
    user: User, kind: str, heading: str, words: str, *, page: str = "inbox", mail_to: str = ""
) -> None:
    """Tell the owner of an account something about it, by mail too whatever they chose."""
    about, address = f"tài khoản {user.username}", reverse(f"admin:{page}")
    tell([user], kind, heading, about=about, words=words, address=address, certain=True, mail_to=mail_to)


def _put_email(request: TwoAdminRequest) -> None:
    _change_email(request.about, request.facts["email"])


def _change_email(user: User, email: str) -> None:
    """Write the new address and tell both; letters on their way to the old one open nothing any more."""
    old = user.email
    user.email = email
    user.save(update_fields=["email"])
    if not user.has_entered:
        return
    words = f"Thư điện tử của tài khoản nay là {email or 'để trống'}."
    words += f" Nếu bạn không biết việc này, {CALL}"
    for address in filter(None, dict.fromkeys((old, email))):
        tell_owner(user, "email_changed", "Đã đổi thư điện tử", words, mail_to=address)


declare(TwoAdminAct.PRINTED_CODE, release_tickets)
declare(TwoAdminAct.NEW_EMAIL, _put_email)
