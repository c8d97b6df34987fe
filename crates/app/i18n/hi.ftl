# Words of the demonstration's own pages. Keys begin with "demo-".

demo-title = ग्राहक को क्या दिखता है
demo-lead = ग्राहक की तरह लिखिए, जो जवाब आए उसे पढ़िए, फिर दूसरी विंडो में डेस्क से उसका उत्तर दीजिए।
demo-write = ग्राहक की ओर से मेल लिखिए
demo-from = भेजने वाला
demo-to = किसे
demo-subject = विषय
demo-text = संदेश
demo-send = भेजिए
demo-mailboxes = जिन मेलबॉक्स में मेल है
demo-no-mail = अभी किसी को मेल नहीं मिला है।
demo-no-mail-yet = अभी कुछ नहीं आया। पावती आने में थोड़ा समय लगता है: फिर से देखिए।
demo-people = डेस्क पर काम करने वाले
demo-password = सबका पासवर्ड { $password } है।
demo-sign-in = साइन इन
demo-mailbox-lead = सबसे नया पहले। उत्तर दीजिए, वह उसी मामले में पहुँचेगा।
demo-look-again = फिर से देखिए
demo-back = वापस
demo-answer = उत्तर दीजिए
demo-error-address = यह ई-मेल पता नहीं है। इसे name@customer.example की तरह लिखिए।
demo-error-empty = ग्राहक जो कहना चाहता है, वह लिखिए।
demo-error-refused = यहाँ का कोई मेलबॉक्स यह मेल नहीं लेता।
