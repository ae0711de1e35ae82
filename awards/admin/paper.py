"""What can be done below a decision once it is on paper: printed, signed, given."""

from awards.giving.screens import GivingAdminMixin
from awards.paper.signing import SIGNED
from awards.paper.subject import GIAY_KHEN
from press.admin.record import PrintedRecordAdminMixin
from signing.admin.record import SignedRecordAdminMixin


class PaperAdminMixin(GivingAdminMixin, PrintedRecordAdminMixin, SignedRecordAdminMixin):
    """The three rooms of paper, for the giấy khen."""

    print_subject, signable = GIAY_KHEN, SIGNED
