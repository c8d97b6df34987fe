# डेस्क के शब्द।

## किसी खाने में क्या ग़लत है
error-name-taken = यह नाम पहले से किसी और का है। कृपया दूसरा नाम चुनें।
error-no-address = इस ग्राहक का कोई ई-मेल पता नहीं है। ग्राहक के रिकॉर्ड में पता जोड़ें, या यहाँ लिखें।
error-file-missing = यह फ़ाइल अब यहाँ नहीं है। कृपया इसे दोबारा जोड़ें।
error-queue-last = कम से कम एक कतार चालू रहनी चाहिए, वरना काम के लिए कोई जगह नहीं रहेगी।
error-category-cycle = कोई श्रेणी अपने ही नीचे नहीं हो सकती: { $cycle }।
error-category-deep = श्रेणियाँ ज़्यादा से ज़्यादा { $max } स्तर तक हो सकती हैं।
error-status-type-fixed = स्थिति का प्रकार नहीं बदलता। इसके बजाय नई स्थिति जोड़ें।
error-status-last-of-type = यह अपने प्रकार की आख़िरी स्थिति है। पहले दूसरी जोड़ें।
error-status-new-again = मामला दोबारा नया नहीं हो सकता। इसके बजाय “खुला” चुनें।

## प्रकार और स्थितियाँ
case-type-complaint = शिकायत
case-type-request = अनुरोध
case-type-query = पूछताछ
case-type-feedback = सुझाव
case-status-new = नया
case-status-open = खुला
case-status-pending_customer = ग्राहक के उत्तर की प्रतीक्षा
case-status-on_hold = रुका हुआ
case-status-resolved = हल हो गया
case-status-closed = बंद

## ग्राहक को मिलने वाला पहला संदेश
ack-greeting = नमस्ते { $name },
ack-number = आपका संदेश ({ $type }) हमें मिल गया है। इसका नंबर { $number } है।
ack-status = इसकी स्थिति आप यहाँ देख सकते हैं: { $url }
ack-answer = कुछ और बताना हो तो बस इसी संदेश का उत्तर दें।

## नई डेस्क की शुरुआत
seed-front-desk = स्वागत डेस्क
seed-sales = बिक्री
seed-sales-enquiry = उत्पाद की जानकारी
seed-sales-booking = बुकिंग और डिलीवरी
seed-service = सर्विस
seed-service-booking = सर्विस बुकिंग
seed-service-quality = काम की गुणवत्ता
seed-service-parts = कलपुर्ज़े
seed-billing = बिल
seed-billing-bill = बिल में ग़लती
seed-billing-refund = पैसे की वापसी
seed-other = अन्य
